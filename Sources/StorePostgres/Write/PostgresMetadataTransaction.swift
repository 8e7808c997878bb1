import PostgresClient
import SchedulerCore
import StoreSupport

/// The primitives of a change of metadata; each is a statement of its own.
struct PostgresMetadataTransaction: MetadataTransaction {
    private let work: UnitOfWork

    init(_ work: UnitOfWork) { self.work = work }

    var now: Timestamp { work.now }

    /// Nodes that start together would else wait for each other's rows in different orders.
    mutating func lock() throws -> Int64 {
        try work.session.connection.execute("LOCK TABLE metadata IN SHARE ROW EXCLUSIVE MODE")
        // A statement of its own: it sees what was committed while the lock was waited for.
        return try work.session.query("SELECT revision FROM metadata_revision").firstRow { $0.integer() } ?? 0
    }

    mutating func objects(_ ids: [String]) throws -> [String: StoredMetadata] {
        let rows = try query(Self.objectsOfIDs) { $0.append(array: ids.map(StoredText.encode)) }
        let customizations = try query(Self.customizationsOfIDs) { $0.append(array: ids.map(StoredText.encode)) }
        let objects = try rows.stored { StoredMetadata(row: $0) }
            .with(customizations.stored { StoredCustomization(row: $0) })
        return Dictionary(uniqueKeysWithValues: objects.map { ($0.id, $0) })
    }

    mutating func newestVersions(_ ids: [String]) throws -> [String: Int] {
        let rows = try query(Self.newest) { $0.append(array: ids.map(StoredText.encode)) }
            .stored { (id: $0.text(), version: Int(clamping: $0.integer())) }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.version) })
    }

    mutating func write(_ objects: [StoredMetadata]) throws {
        _ = try query(Self.put) { parameters in
            parameters.append(array: objects.map { StoredText.encode($0.id) })
            parameters.append(array: objects.map { StoredText.encode($0.origin) })
            parameters.append(array: objects.map { Int64($0.version) })
            parameters.append(array: objects.map { StoredText.encode($0.document) })
            parameters.append(array: objects.map { StoredText.encode($0.createdBy) })
            parameters.append(array: objects.map(\.createdTime.milliseconds))
            parameters.append(array: objects.map { StoredText.encode($0.updatedBy) })
            parameters.append(array: objects.map(\.updatedTime.milliseconds))
        }
    }

    mutating func append(_ versions: [StoredMetadataVersion], kept: Int) throws {
        _ = try query(Self.keep) { parameters in
            parameters.append(array: versions.map { StoredText.encode($0.id) })
            parameters.append(array: versions.map { Int64($0.version) })
            parameters.append(array: versions.map { StoredText.encode($0.document) })
            parameters.append(array: versions.map { StoredText.encode($0.updatedBy) })
            parameters.append(array: versions.map(\.updatedTime.milliseconds))
            parameters.append(array: versions.map { $0.comment.map(StoredText.encode) })
        }
        _ = try query(Self.drop) { parameters in
            parameters.append(array: versions.map { StoredText.encode($0.id) })
            parameters.append(array: versions.map { Int64($0.version - kept) })
        }
    }

    mutating func remove(_ ids: [String]) throws {
        for statement in [Self.removeObjects, Self.removeCustomizations] {
            _ = try query(statement) { $0.append(array: ids.map(StoredText.encode)) }
        }
    }

    mutating func customize(_ id: String, property: String, value: String?) throws {
        _ = try query(value == nil ? Self.uncustomize : Self.customize) { parameters in
            parameters.append(StoredText.encode(id))
            parameters.append(StoredText.encode(property))
            if let value { parameters.append(StoredText.encode(value)) }
        }
    }

    mutating func raiseRevision() throws {
        _ = try work.session.query("UPDATE metadata_revision SET revision = revision + 1")
        work.noteWrite(.metadata)
    }

    mutating func append(_ record: AuditRecord) throws { work.append(record) }

    mutating func record(_ call: RecordedCall) throws { work.record(call) }

    private func query(
        _ statement: PostgresStatement,
        _ fill: (inout PostgresParameters) -> Void
    ) throws -> PostgresResult {
        try work.session.query(statement, fill)
    }

    private static let objectsOfIDs = PostgresStatement(
        "SELECT \(StoredMetadata.columns) FROM metadata WHERE id = ANY ($1::text[])"
    )
    private static let customizationsOfIDs = PostgresStatement(
        "\(StoredMetadata.customizationQuery) WHERE id = ANY ($1::text[])"
    )
    private static let newest: PostgresStatement =
        "SELECT id, max(version) FROM metadata_version WHERE id = ANY ($1::text[]) GROUP BY id"
    private static let put = PostgresStatement(
        """
        INSERT INTO metadata (\(StoredMetadata.columns))
        SELECT * FROM unnest(
            $1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[]
        )
        ON CONFLICT (id) DO UPDATE SET
            origin = excluded.origin, version = excluded.version, document = excluded.document,
            created_by = excluded.created_by, created_time = excluded.created_time,
            updated_by = excluded.updated_by, updated_time = excluded.updated_time
        """
    )
    private static let keep = PostgresStatement(
        """
        INSERT INTO metadata_version (\(StoredMetadataVersion.columns))
        SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[])
        ON CONFLICT (id, version) DO UPDATE SET
            document = excluded.document, updated_by = excluded.updated_by, updated_time = excluded.updated_time,
            comment = excluded.comment
        """
    )
    private static let drop: PostgresStatement = """
        DELETE FROM metadata_version AS v USING unnest($1::text[], $2::bigint[]) AS o (id, version)
        WHERE v.id = o.id AND v.version <= o.version
        """
    private static let removeObjects: PostgresStatement = "DELETE FROM metadata WHERE id = ANY ($1::text[])"
    private static let removeCustomizations: PostgresStatement =
        "DELETE FROM metadata_customization WHERE id = ANY ($1::text[])"
    private static let customize: PostgresStatement = """
        INSERT INTO metadata_customization (id, property, value) VALUES ($1, $2, $3)
        ON CONFLICT (id, property) DO UPDATE SET value = excluded.value
        """
    private static let uncustomize: PostgresStatement =
        "DELETE FROM metadata_customization WHERE id = $1 AND property = $2"
}
