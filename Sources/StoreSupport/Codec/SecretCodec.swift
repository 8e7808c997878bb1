package import SchedulerCore

/// Rows of named secrets.
package enum SecretCodec {
    /// Columns of a row, as `stored(row:)` expects them.
    package static let columns = "name, sealed_value, definitions, updated_by, updated_time"

    /// Patterns hold no line end.
    package static func text(of definitions: [ResourcePattern]) -> String {
        definitions.map(\.description).joined(separator: "\n")
    }

    package static func stored(row: some RowSource) -> StoredSecret {
        let (name, sealedValue) = (row.text(), row.text())
        let definitions = row.text().split(separator: "\n").compactMap { ResourcePattern(String($0)) }
        return StoredSecret(
            NamedSecret(name: name, sealedValue: sealedValue, definitions: definitions),
            updatedBy: row.text(),
            updatedTime: Timestamp(milliseconds: row.integer())
        )
    }
}
