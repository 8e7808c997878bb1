package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func metadata() async throws -> [StoredMetadata] {
        try await readers.read { session in
            try session.statements.statement(StoredMetadata.query).rows { StoredMetadata(row: $0) }
        }
    }

    package func replaceMetadata(origin: String, with objects: [(id: String, document: String)]) async throws {
        try await transact { transaction in
            let session = transaction.session
            let kept = Set(objects.map { ExactText($0.id) })
            let owned = try session.statements.statement("SELECT id FROM metadata WHERE origin = ?")
            owned.bind(origin)
            var hasChanged = false
            for id in try owned.rows({ $0.text() }) where !kept.contains(ExactText(id)) {
                let removal = try session.statements.statement("DELETE FROM metadata WHERE id = ?")
                removal.bind(id)
                try session.write(removal)
                hasChanged = true
            }
            for (id, document) in objects {
                let isChanged = try Self.put(
                    id: id,
                    origin: origin,
                    document: document,
                    Self.replacing,
                    in: transaction
                )
                hasChanged = hasChanged || isChanged
            }
            if hasChanged { try Self.raiseRevision(transaction) }
        }
    }

    package func putMetadata(
        _ objects: [(id: String, document: String)],
        origin: String,
        unlessPresent isNewOnly: Bool
    ) async throws -> [String] {
        try await transact { transaction in
            let sql = isNewOnly ? Self.creating : Self.replacing
            let changed = try objects.filter { id, document in
                try Self.put(id: id, origin: origin, document: document, sql, in: transaction)
            }
            if !changed.isEmpty { try Self.raiseRevision(transaction) }
            return changed.map(\.id).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
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

    private static func raiseRevision(_ transaction: SQLiteTransaction) throws {
        let session = transaction.session
        try session.write(session.statements.statement("UPDATE metadata_revision SET revision = revision + 1"))
    }

    /// - Returns: whether anything was written.
    private static func put(
        id: String,
        origin: String,
        document: String,
        _ sql: String,
        in transaction: SQLiteTransaction
    ) throws -> Bool {
        let statement = try transaction.session.statements.statement(sql)
        statement.bind(id)
        statement.bind(origin)
        statement.bind(document)
        statement.bind(transaction.now.milliseconds)
        return try transaction.session.write(statement) > 0
    }

    /// What is as it was is not touched: version and time tell when a document last changed.
    private static let replacing = """
        INSERT INTO metadata (id, origin, version, document, updated_time) VALUES (?, ?, 1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            origin = excluded.origin, version = version + (document <> excluded.document),
            document = excluded.document, updated_time = excluded.updated_time
        WHERE origin <> excluded.origin OR document <> excluded.document
        """

    private static let creating = """
        INSERT INTO metadata (id, origin, version, document, updated_time) VALUES (?, ?, 1, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """
}
