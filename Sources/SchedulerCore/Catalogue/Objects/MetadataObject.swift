/// A metadata object as the catalogue holds it: its document and what the server knows about it (administration §1.1).
package struct MetadataObject: Hashable, Sendable {
    package var content: MetadataContent
    package var origin: MetadataOrigin
    /// 1, 2, … in the store; 0 = not stored yet.
    package var version: Int
    package var createdBy: String?
    package var createdTime: Timestamp?
    package var updatedBy: String?
    package var updatedTime: Timestamp?
    /// Kept apart from the document.
    package var customizations: [CustomizableProperty: String] = [:]

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

    /// The object of a stored row.
    package init(_ content: MetadataContent, origin: MetadataOrigin, _ stored: StoredMetadata) {
        self.init(content, origin: origin, version: stored.version, updatedTime: stored.updatedTime)
        createdBy = stored.createdBy
        createdTime = stored.createdTime
        updatedBy = stored.updatedBy
        for (name, value) in stored.customizations {
            // One of a newer program is nothing to this.
            if let property = CustomizableProperty(rawValue: name) { customizations[property] = value }
        }
    }
}

/// Where an object came from, which decides who may change it.
package enum MetadataOrigin: String, CaseIterable, Hashable, Sendable {
    case builtIn = "BUILTIN"
    case directory = "DIRECTORY"
    case api = "API"
    case imported = "IMPORT"

    /// Whether the API may change objects of this origin.
    package var isChangeable: Bool {
        switch self {
        case .builtIn, .directory: false
        case .api, .imported: true
        }
    }
}
