/// Seals the secrets in documents of metadata, and opens them.
package struct MetadataSecrets: Sendable {
    private static let context = "metadata"

    private let sealer: SecretSealer

    package init(sealer: SecretSealer) { self.sealer = sealer }

    package func seal(_ value: String) throws -> String { try sealer.seal(value, context: Self.context) }

    package func open(_ stored: String) throws -> String { try sealer.open(stored, context: Self.context) }
}
