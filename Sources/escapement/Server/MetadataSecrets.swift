import SchedulerEngine

/// Seals the secrets in documents of metadata, and opens them.
struct MetadataSecrets {
    private static let context = "metadata"

    let sealer: SecretSealer

    func seal(_ value: String) throws -> String { try sealer.seal(value, context: Self.context) }

    func open(_ stored: String) throws -> String { try sealer.open(stored, context: Self.context) }
}
