package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func metadata() async throws -> [StoredMetadata] {
        try await readers.read { session in
            let customizations = try session.statements.statement(StoredMetadata.customizationQuery)
                .rows { StoredCustomization(row: $0) }
            return try session.statements.statement(StoredMetadata.query).rows { StoredMetadata(row: $0) }
                .with(customizations)
        }
    }

    package func changeMetadata(
        _ set: MetadataChangeSet,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> [MetadataOutcome] {
        try await transact { transaction in
            var metadata = SQLiteMetadataTransaction(transaction)
            return try MetadataInterpreter.perform(set, audit: audit, call: call, in: &metadata)
        }
    }

    package func metadataVersions(of id: String) async throws -> [StoredMetadataVersion] {
        try await readers.read { session in
            let statement = try session.statements.statement(
                "SELECT \(StoredMetadataVersion.columns) FROM metadata_version WHERE id = ? ORDER BY version DESC"
            )
            statement.bind(id)
            return try statement.rows { StoredMetadataVersion(row: $0) }
        }
    }

    package func metadataRevision() async throws -> Int64 {
        try await readers.read { session in
            try session.statements.statement("SELECT revision FROM metadata_revision").firstRow { $0.integer() } ?? 0
        }
    }

    package func establish(_ fact: InstallationFact, _ value: String) async throws -> String {
        try await transact { transaction in
            let session = transaction.session
            let selection = try session.statements.statement("SELECT value FROM installation WHERE name = ?")
            selection.bind(fact.rawValue)
            if let established = try selection.firstRow({ $0.text() }) { return established }
            let insertion = try session.statements.statement("INSERT INTO installation (name, value) VALUES (?, ?)")
            insertion.bind(fact.rawValue)
            insertion.bind(value)
            try session.write(insertion)
            return value
        }
    }
}
