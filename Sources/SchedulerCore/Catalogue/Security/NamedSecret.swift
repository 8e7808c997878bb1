/// A secret that metadata and subscriptions call by its name, sealed (administration §5.5).
package struct NamedSecret: Hashable, Sendable {
    /// Longest value in plain text, in bytes.
    package static let valueBytesMax = 32_768
    /// Most patterns of one secret.
    package static let definitionsMax = 100
    /// Most secrets of an installation.
    package static let countMax = 1000

    package let name: String
    /// AES-256-GCM box of the value, base64; never plain text.
    package let sealedValue: String
    /// Whose requests may use it; none = nobody's.
    package let definitions: [ResourcePattern]

    package init(name: String, sealedValue: String, definitions: [ResourcePattern]) {
        self.name = name
        self.sealedValue = sealedValue
        self.definitions = definitions
    }

    /// Whether a text may be a name: that of an object, so that it can stand in a token and in a path.
    package static func isName(_ text: String) -> Bool {
        text.utf8.count <= MetadataLimits.labelBytesMax && MetadataName.isName(text, of: .jobDefinition)
    }

    /// Whether requests of a definition or set may use it.
    package func serves(_ definition: MetadataObjectID) -> Bool {
        definitions.contains { $0.contains(definition) }
    }
}
