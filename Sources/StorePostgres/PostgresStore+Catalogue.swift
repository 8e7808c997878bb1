import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func metadata() async throws -> [StoredMetadata] {
        try await readers.read { session in
            // What was customised since is of a later revision, too.
            let objects = try session.query(Self.allMetadata).stored { StoredMetadata(row: $0) }
            return objects.with(try session.query(Self.allCustomizations).stored { StoredCustomization(row: $0) })
        }
    }

    private static let allMetadata = PostgresStatement(StoredMetadata.query)
    private static let allCustomizations = PostgresStatement(StoredMetadata.customizationQuery)

    package func changeMetadata(
        _ set: MetadataChangeSet,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> [MetadataOutcome] {
        try await transact { transaction in
            var metadata = PostgresMetadataTransaction(transaction.work)
            return try MetadataInterpreter.perform(set, audit: audit, call: call, in: &metadata)
        }
    }

    package func metadataVersions(of id: String) async throws -> [StoredMetadataVersion] {
        try await readers.read { session in
            try session.query(Self.versions) { $0.append(StoredText.encode(id)) }
                .stored { StoredMetadataVersion(row: $0) }
        }
    }

    private static let versions = PostgresStatement(
        "SELECT \(StoredMetadataVersion.columns) FROM metadata_version WHERE id = $1 ORDER BY version DESC"
    )

    package func metadataRevision() async throws -> Int64 {
        try await readers.read { session in
            try session.query("SELECT revision FROM metadata_revision").firstRow { $0.integer() } ?? 0
        }
    }

    package func establish(_ fact: InstallationFact, _ value: String) async throws -> String {
        try await transact { transaction in
            let work = transaction.work
            let insertion: PostgresStatement =
                "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"
            let inserted = try work.session.query(insertion) {
                $0.append(fact.rawValue)
                $0.append(StoredText.encode(value))
            }
            .affectedRows
            if inserted > 0 { work.noteWrite() }
            // Seen by a statement of its own: another node's row may be younger than the first statement.
            let found = try work.session.query("SELECT value FROM installation WHERE name = $1") {
                $0.append(fact.rawValue)
            }
            .stored { $0.text() }
            guard let established = found.first else { throw StoreFault("\(fact.rawValue) cannot be established") }
            return established
        }
    }
}
