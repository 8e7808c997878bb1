import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func metadata() async throws -> [StoredMetadata] {
        try await readers.read { session in
            try session.query(Self.allMetadata).stored { StoredMetadata(row: $0) }
        }
    }

    private static let allMetadata = PostgresStatement(StoredMetadata.query)

    package func replaceMetadata(origin: String, with objects: [(id: String, document: String)]) async throws {
        // Of two of one id the later counts; a statement meets each row once.
        let kept = Dictionary(objects.map { (ExactText($0.id), $0.document) }) { _, last in last }
            .map { (id: $0.text, document: $1) }
        try await transact { transaction in
            let work = transaction.work
            try Self.lock(work)
            let removal: PostgresStatement = "DELETE FROM metadata WHERE origin = $1 AND id <> ALL ($2::text[])"
            let removed = try work.session.query(removal) {
                $0.append(StoredText.encode(origin))
                $0.append(array: kept.map { StoredText.encode($0.id) })
            }
            .affectedRows
            let changed = try Self.put(kept, origin: origin, Self.replacing, in: work)
            if removed > 0 || !changed.isEmpty { try Self.noteChange(work) }
        }
    }

    package func putMetadata(
        _ objects: [(id: String, document: String)],
        origin: String,
        unlessPresent isNewOnly: Bool
    ) async throws -> [String] {
        try await transact { transaction in
            let work = transaction.work
            try Self.lock(work)
            let changed = try Self.put(objects, origin: origin, isNewOnly ? Self.creating : Self.replacing, in: work)
            if !changed.isEmpty { try Self.noteChange(work) }
            return changed
        }
    }

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

    /// Nodes that start together would else wait for each other's rows in different orders.
    private static func lock(_ work: UnitOfWork) throws {
        try work.session.connection.execute("LOCK TABLE metadata IN SHARE ROW EXCLUSIVE MODE")
    }

    private static func noteChange(_ work: UnitOfWork) throws {
        _ = try work.session.query("UPDATE metadata_revision SET revision = revision + 1")
        work.noteWrite(.metadata)
    }

    /// - Returns: the ids of what was written.
    private static func put(
        _ objects: [(id: String, document: String)],
        origin: String,
        _ statement: PostgresStatement,
        in work: UnitOfWork
    ) throws -> [String] {
        let written = try work.session.query(statement) { parameters in
            parameters.append(array: objects.map { StoredText.encode($0.id) })
            parameters.append(array: objects.map { StoredText.encode($0.document) })
            parameters.append(StoredText.encode(origin))
            parameters.append(work.now.milliseconds)
        }
        return try written.stored { $0.text() }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What is as it was is not touched: version and time tell when a document last changed.
    private static let replacing: PostgresStatement = """
        INSERT INTO metadata AS m (id, origin, version, document, updated_time)
        SELECT n.id, $3, 1, n.document, $4 FROM unnest($1::text[], $2::text[]) AS n (id, document)
        ON CONFLICT (id) DO UPDATE SET
            origin = excluded.origin, version = m.version + (m.document <> excluded.document)::integer,
            document = excluded.document, updated_time = excluded.updated_time
        WHERE m.origin <> excluded.origin OR m.document <> excluded.document
        RETURNING id
        """

    private static let creating: PostgresStatement = """
        INSERT INTO metadata (id, origin, version, document, updated_time)
        SELECT n.id, $3, 1, n.document, $4 FROM unnest($1::text[], $2::text[]) AS n (id, document)
        ON CONFLICT (id) DO NOTHING
        RETURNING id
        """
}
