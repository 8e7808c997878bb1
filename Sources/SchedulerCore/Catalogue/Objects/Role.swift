/// A named bundle of rights that users and grants refer to (administration §1.1, §5.3).
package struct Role: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    package var privileges: Set<Privilege>
    /// Names of roles whose rights this one has too; acyclic.
    package var includes: [String]

    package var name: String { id.name }

    package init(
        name: String,
        displayName: String? = nil,
        description: String? = nil,
        privileges: Set<Privilege> = [],
        includes: [String] = []
    ) {
        id = MetadataObjectID(kind: .role, package: "", name: name)
        self.displayName = displayName
        self.description = description
        self.privileges = privileges
        self.includes = includes
    }
}
