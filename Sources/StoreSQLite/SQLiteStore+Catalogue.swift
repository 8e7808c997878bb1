package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func metadata() async throws -> [StoredMetadata] {
        try await readers.read { session in
            let statement = try session.statements.statement(
                "SELECT id, origin, version, document, updated_time FROM metadata ORDER BY id"
            )
            return try statement.rows { row in
                StoredMetadata(
                    id: row.text(),
                    origin: row.text(),
                    version: Int(clamping: row.integer()),
                    document: row.text(),
                    updatedTime: Timestamp(milliseconds: row.integer())
                )
            }
        }
    }

    package func replaceMetadata(origin: String, with objects: [(id: String, document: String)]) async throws {
        try await transact { transaction in
            let session = transaction.session
            let kept = Set(objects.map { ExactText($0.id) })
            let owned = try session.statements.statement("SELECT id FROM metadata WHERE origin = ?")
            owned.bind(origin)
            for id in try owned.rows({ $0.text() }) where !kept.contains(ExactText(id)) {
                let removal = try session.statements.statement("DELETE FROM metadata WHERE id = ?")
                removal.bind(id)
                try session.write(removal)
            }
            for (id, document) in objects {
                try Self.put(id: id, origin: origin, document: document, in: transaction)
            }
        }
    }

    package func putMetadata(id: String, origin: String, document: String) async throws {
        try await transact { try Self.put(id: id, origin: origin, document: document, in: $0) }
    }

    /// What is as it was is not touched: version and time tell when a document last changed.
    private static func put(
        id: String,
        origin: String,
        document: String,
        in transaction: SQLiteTransaction
    ) throws {
        let statement = try transaction.session.statements.statement(
            """
            INSERT INTO metadata (id, origin, version, document, updated_time) VALUES (?, ?, 1, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                origin = excluded.origin, version = version + (document <> excluded.document),
                document = excluded.document, updated_time = excluded.updated_time
            WHERE origin <> excluded.origin OR document <> excluded.document
            """
        )
        statement.bind(id)
        statement.bind(origin)
        statement.bind(document)
        statement.bind(transaction.now.milliseconds)
        try transaction.session.write(statement)
    }
}
