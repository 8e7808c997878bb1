import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func metadata() async throws -> [StoredMetadata] {
        try await readers.read { session in
            try session.query("SELECT id, origin, version, document, updated_time FROM metadata ORDER BY id")
                .stored { row in
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
        // Of two of one id the later counts; a statement meets each row once.
        let kept = Dictionary(objects.map { (ExactText($0.id), $0.document) }) { _, last in last }
            .map { (id: $0.text, document: $1) }
        try await transact { transaction in
            let work = transaction.work
            // Nodes that start together would else wait for each other's rows in different orders.
            try work.session.connection.execute("LOCK TABLE metadata IN SHARE ROW EXCLUSIVE MODE")
            _ = try work.session.query("DELETE FROM metadata WHERE origin = $1 AND id <> ALL ($2::text[])") {
                $0.append(StoredText.encode(origin))
                $0.append(array: kept.map { StoredText.encode($0.id) })
            }
            try Self.put(kept, origin: origin, in: work)
        }
    }

    package func putMetadata(id: String, origin: String, document: String) async throws {
        try await transact { try Self.put([(id, document)], origin: origin, in: $0.work) }
    }

    /// What is as it was is not touched: version and time tell when a document last changed.
    private static func put(
        _ objects: [(id: String, document: String)],
        origin: String,
        in work: UnitOfWork
    ) throws {
        work.noteWrite()
        let statement: PostgresStatement = """
            INSERT INTO metadata AS m (id, origin, version, document, updated_time)
            SELECT n.id, $3, 1, n.document, $4 FROM unnest($1::text[], $2::text[]) AS n (id, document)
            ON CONFLICT (id) DO UPDATE SET
                origin = excluded.origin, version = m.version + (m.document <> excluded.document)::integer,
                document = excluded.document, updated_time = excluded.updated_time
            WHERE m.origin <> excluded.origin OR m.document <> excluded.document
            """
        _ = try work.session.query(statement) { parameters in
            parameters.append(array: objects.map { StoredText.encode($0.id) })
            parameters.append(array: objects.map { StoredText.encode($0.document) })
            parameters.append(StoredText.encode(origin))
            parameters.append(work.now.milliseconds)
        }
    }
}
