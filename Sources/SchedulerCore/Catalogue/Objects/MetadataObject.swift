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
