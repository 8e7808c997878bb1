/// A metadata object as the catalogue holds it: its document and what the server knows about it (administration §1.1).
package struct MetadataObject: Hashable, Sendable {
    package var content: MetadataContent
    package var origin: MetadataOrigin
    /// 1, 2, … in the store; 0 = not stored yet.
    package var version: Int
    package var updatedTime: Timestamp?

    package var id: MetadataObjectID { content.id }

    package init(
        _ content: MetadataContent,
        origin: MetadataOrigin,
        version: Int = 0,
        updatedTime: Timestamp? = nil
    ) {
        self.content = content
        self.origin = origin
        self.version = version
        self.updatedTime = updatedTime
    }
}

/// Where an object came from, which decides who may change it.
package enum MetadataOrigin: String, CaseIterable, Hashable, Sendable {
    case builtIn = "BUILTIN"
    case directory = "DIRECTORY"
    case api = "API"
    case imported = "IMPORT"
}

/// The document of an object: what a person wrote. Two equal ones need no new version.
package enum MetadataContent: Hashable, Sendable {
    case jobType(JobType)
    case jobDefinition(JobDefinition)
    case user(User)
    case role(Role)
    case grant(Grant)

    package var id: MetadataObjectID {
        switch self {
        case .jobType(let value): value.id
        case .jobDefinition(let value): value.id
        case .user(let value): value.id
        case .role(let value): value.id
        case .grant(let value): value.id
        }
    }

    package var displayName: String? {
        switch self {
        case .jobType(let value): value.displayName
        case .jobDefinition(let value): value.displayName
        case .user(let value): value.displayName
        case .role(let value): value.displayName
        case .grant(let value): value.displayName
        }
    }

    package var description: String? {
        switch self {
        case .jobType(let value): value.description
        case .jobDefinition(let value): value.description
        case .user(let value): value.description
        case .role(let value): value.description
        case .grant(let value): value.description
        }
    }
}
