/// Rights on metadata and requests given to one user or role; it only ever allows (administration §5.3).
package struct Grant: Hashable, Sendable {
    /// Who gets the rights.
    package enum Grantee: Hashable, Sendable {
        case user(String)
        case role(String)
    }

    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    package var grantee: Grantee
    package var metadata: [MetadataRule]
    package var requests: [RequestRule]

    package var name: String { id.name }

    package init(
        name: String,
        displayName: String? = nil,
        description: String? = nil,
        grantee: Grantee,
        metadata: [MetadataRule] = [],
        requests: [RequestRule] = []
    ) {
        id = MetadataObjectID(kind: .grant, package: "", name: name)
        self.displayName = displayName
        self.description = description
        self.grantee = grantee
        self.metadata = metadata
        self.requests = requests
    }
}

/// Actions on the metadata objects that a pattern takes in.
package struct MetadataRule: Hashable, Sendable {
    package var resource: ResourcePattern
    package var actions: Set<MetadataAction>

    package init(resource: ResourcePattern, actions: Set<MetadataAction>) {
        self.resource = resource
        self.actions = actions
    }
}

/// Actions on the requests of certain definitions.
package struct RequestRule: Hashable, Sendable {
    /// Definitions and sets whose requests, and those below them, are meant.
    package var definitions: ResourcePattern
    /// Narrows the rule to requests that match this query; nil = all. In the query grammar of REST §7.
    package var filter: String?
    package var actions: RequestActionSet

    package init(definitions: ResourcePattern = .all, filter: String? = nil, actions: RequestActionSet) {
        self.definitions = definitions
        self.filter = filter
        self.actions = actions
    }
}
