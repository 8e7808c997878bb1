/// One stored metadata object.
package struct StoredMetadata: Hashable, Sendable {
    package let id: String
    package var origin: String
    /// 1, 2, …; an object that is created again after its end counts on.
    package var version: Int
    /// Canonical JSON.
    package var document: String
    package var createdBy: String
    package var createdTime: Timestamp
    package var updatedBy: String
    package var updatedTime: Timestamp
    /// Customised properties, kept apart from the document: they make no version and outlast changes of it.
    package var customizations: [String: String]

    /// - Parameters:
    ///   - id: canonical.
    ///   - origin: `BUILTIN`, `DIRECTORY`, `API` or `IMPORT`.
    ///   - version: from 1.
    ///   - document: canonical JSON.
    ///   - createdBy: user name, or `system`.
    ///   - createdTime: nil = the same as `updatedTime`.
    ///   - updatedBy: user name, or `system`.
    ///   - updatedTime: of the newest change of document or origin.
    ///   - customizations: values by the names of properties.
    package init(
        id: String,
        origin: String,
        version: Int,
        document: String,
        createdBy: String = AuditEntry.systemPrincipal,
        createdTime: Timestamp? = nil,
        updatedBy: String = AuditEntry.systemPrincipal,
        updatedTime: Timestamp,
        customizations: [String: String] = [:]
    ) {
        self.id = id
        self.origin = origin
        self.version = version
        self.document = document
        self.createdBy = createdBy
        self.createdTime = createdTime ?? updatedTime
        self.updatedBy = updatedBy
        self.updatedTime = updatedTime
        self.customizations = customizations
    }

    /// What the history keeps of it.
    package func asVersion(comment: String?) -> StoredMetadataVersion {
        StoredMetadataVersion(
            id: id,
            version: version,
            document: document,
            updatedBy: updatedBy,
            updatedTime: updatedTime,
            comment: comment
        )
    }
}

/// One of the newest versions of an object, the one in force included.
package struct StoredMetadataVersion: Hashable, Sendable {
    package let id: String
    package let version: Int
    /// Canonical JSON.
    package let document: String
    package let updatedBy: String
    package let updatedTime: Timestamp
    /// What whoever made it said about it.
    package let comment: String?

    package init(
        id: String,
        version: Int,
        document: String,
        updatedBy: String,
        updatedTime: Timestamp,
        comment: String?
    ) {
        self.id = id
        self.version = version
        self.document = document
        self.updatedBy = updatedBy
        self.updatedTime = updatedTime
        self.comment = comment
    }
}
