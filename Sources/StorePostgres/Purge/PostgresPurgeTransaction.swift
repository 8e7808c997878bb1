import PostgresClient
import SchedulerCore
import StoreSupport

/// The verbs of a purge in a write transaction: statements of their own, which wait for no row that others hold.
struct PostgresPurgeTransaction: PurgeTransaction {
    let work: UnitOfWork

    var now: Timestamp { work.now }

    private var session: WriteSession { work.session }

    func nextRunID() throws -> Int64 {
        // Runs begin one after the other: each has the number after the newest.
        try session.connection.execute("LOCK TABLE purge_run IN SHARE ROW EXCLUSIVE MODE")
        return try session.query("SELECT coalesce(max(id), 0) + 1 FROM purge_run").firstRow { $0.integer() } ?? 1
    }

    func run(_ id: Int64) throws -> PurgeRun? {
        try session.query(Self.lockedRun) { $0.append(id) }.firstStored { try PurgeCodec.run(row: $0) }
    }

    private static let lockedRun = PostgresStatement(
        "SELECT \(PurgeCodec.columns) FROM purge_run WHERE id = $1::bigint FOR UPDATE"
    )

    func insert(_ run: PurgeRun) throws {
        let row = ParameterRow()
        PurgeCodec.bind(run, to: row)
        _ = try session.query(Self.insertRun) { $0 = row.parameters }
        work.noteWrite()
    }

    private static let insertRun = PostgresStatement(
        """
        INSERT INTO purge_run (\(PurgeCodec.columns)) VALUES (
            $1::bigint, $2, $3, $4::bigint, $5::bigint, $6::bigint, $7::bigint, $8::bigint, $9::bigint, $10::bigint,
            $11::bigint
        )
        """
    )

    func update(_ run: PurgeRun) throws {
        let row = ParameterRow()
        PurgeCodec.bindProgress(of: run, to: row)
        row.bind(run.id)
        _ = try session.query(Self.updateRun) { $0 = row.parameters }
        work.noteWrite()
    }

    private static let updateRun: PostgresStatement = """
        UPDATE purge_run SET ended_time = $1::bigint, stage = $2::bigint, mark_time = $3::bigint, mark_id = $4::bigint,
            trees = $5::bigint, requests = $6::bigint, below_id = $7::bigint
        WHERE id = $8::bigint
        """

    func forgetRuns(upTo id: Int64) throws {
        _ = try session.query("DELETE FROM purge_run WHERE id <= $1::bigint AND ended_time IS NOT NULL") {
            $0.append(id)
        }
    }

    func moveCursor(_ instant: PurgeInstant) throws -> Bool {
        let moved = try session.query(
            "UPDATE purge_cursor SET time = $1::bigint WHERE policy = $2 AND time = $3::bigint"
        ) { parameters in
            parameters.append(instant.instant.milliseconds)
            parameters.append(StoredText.encode(instant.policy.description))
            parameters.append(instant.cursor.milliseconds)
        }
        guard moved.affectedRows == 1 else { return false }
        work.noteWrite()
        return true
    }

    func ended(
        _ state: RequestState,
        until cutoff: Timestamp,
        after mark: PurgeMark?,
        limit: Int
    ) throws -> [JobRequest] {
        try session.query(PurgeQueries.ended) { parameters in
            parameters.append(state.code)
            parameters.append(cutoff.milliseconds)
            parameters.append(mark?.completedTime.milliseconds ?? .min)
            parameters.append(mark?.id.value ?? .min)
            parameters.append(limit)
        }
        .stored(session.codec.read)
        // The join need not keep the order in which the rows were locked.
        .sorted {
            ($0.completedTime?.milliseconds ?? 0, $0.id.value) < ($1.completedTime?.milliseconds ?? 0, $1.id.value)
        }
    }

    func families(of roots: [RequestID]) throws -> [RequestID: PurgeFamily] {
        let found = try session.query(PurgeQueries.families) { $0.append(array: roots.map(\.value)) }.rows { row in
            (RequestID(row.integer()), PurgeFamily(descendants: row.integer(), live: row.integer()))
        }
        return Dictionary(found) { first, _ in first }
    }

    func delete(_ roots: [RequestID], parents: [RequestID], isKept: Bool) throws {
        let time = now.milliseconds
        var calls = [
            WriteSession.Call(PurgeQueries.deleteRoots) { parameters in
                parameters.append(time)
                parameters.append(isKept ? 1 as Int64 : nil)
                parameters.append(array: roots.map(\.value))
            }
        ]
        for root in Set(roots).intersection(parents).sorted() {
            calls.append(
                WriteSession.Call(PurgeQueries.deleteDescendants) { parameters in
                    parameters.append(time)
                    parameters.append(root.value)
                }
            )
        }
        _ = try session.exchange(calls)
        work.noteWrite()
    }

    func deleteDescendants(of root: RequestID, after number: RequestID, limit: Int) throws -> [RequestID] {
        let time = now.milliseconds
        let marked = try session.query(PurgeQueries.deletePart) { parameters in
            parameters.append(time)
            parameters.append(root.value)
            parameters.append(number.value)
            parameters.append(limit)
        }
        .rows { RequestID($0.integer()) }
        work.noteWrite()
        return marked.sorted()
    }

    func append(_ record: AuditRecord) { work.append(record) }

    func record(_ call: RecordedCall) throws { work.record(call) }

    /// Removes rows that may go.
    ///
    /// - Returns: how many requests there were.
    func remove(_ ids: [RequestID], deletedUntil cutoff: Timestamp) throws -> Int {
        let due = try session.query(PurgeQueries.deletedAmong) { parameters in
            parameters.append(array: ids.map(\.value))
            parameters.append(cutoff.milliseconds)
        }
        .rows { $0.integer() }
        guard !due.isEmpty else { return 0 }
        _ = try session.exchange(
            PurgeQueries.removals.map { statement in WriteSession.Call(statement) { $0.append(array: due) } }
        )
        work.noteWrite()
        return due.count
    }

    func removeAudit(before cutoff: Timestamp, limit: Int) throws -> Int {
        let removed = try session.query(PurgeQueries.removeAudit) { parameters in
            parameters.append(limit)
            parameters.append(cutoff.milliseconds)
        }
        .affectedRows
        if removed > 0 { work.noteWrite() }
        return removed
    }
}

/// Parameters of a statement, bound one by one.
private final class ParameterRow: RowSink {
    private(set) var parameters = PostgresParameters()

    func bind(_ value: Int64) { parameters.append(value) }

    func bind(_ value: Int64?) { parameters.append(value) }

    func bind(_ value: String) { parameters.append(StoredText.encode(value)) }

    func bind(_ value: String?) { parameters.append(value.map(StoredText.encode)) }

    func bind(_ value: [UInt8]?) { parameters.append(value) }
}
