import SchedulerCore
import StoreSupport

/// The verbs of a purge in a write transaction, each one statement or two.
struct SQLitePurgeTransaction: PurgeTransaction {
    private var transaction: SQLiteTransaction

    init(_ transaction: SQLiteTransaction) { self.transaction = transaction }

    var now: Timestamp { transaction.now }

    private var session: WriteSession { transaction.session }

    func nextRunID() throws -> Int64 {
        try statement("SELECT coalesce(max(id), 0) + 1 FROM purge_run").firstRow { $0.integer() } ?? 1
    }

    func run(_ id: Int64) throws -> PurgeRun? {
        let query = try statement("SELECT \(PurgeCodec.columns) FROM purge_run WHERE id = ?")
        query.bind(id)
        return try query.firstRow { try PurgeCodec.run(row: $0) }
    }

    func insert(_ run: PurgeRun) throws {
        let insert = try statement(
            "INSERT INTO purge_run (\(PurgeCodec.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        PurgeCodec.bind(run, to: insert)
        try session.write(insert)
    }

    func update(_ run: PurgeRun) throws {
        let update = try statement(
            """
            UPDATE purge_run SET ended_time = ?, stage = ?, mark_time = ?, mark_id = ?, trees = ?, requests = ?,
                below_id = ?
            WHERE id = ?
            """
        )
        PurgeCodec.bindProgress(of: run, to: update)
        update.bind(run.id)
        try session.write(update)
    }

    func forgetRuns(upTo id: Int64) throws {
        let removal = try statement("DELETE FROM purge_run WHERE id <= ? AND ended_time IS NOT NULL")
        removal.bind(id)
        try session.write(removal)
    }

    func moveCursor(_ instant: PurgeInstant) throws -> Bool {
        let update = try statement("UPDATE purge_cursor SET time = ? WHERE policy = ? AND time = ?")
        update.bind(instant.instant.milliseconds)
        update.bind(instant.policy.description)
        update.bind(instant.cursor.milliseconds)
        return try session.write(update) == 1
    }

    func ended(
        _ state: RequestState,
        until cutoff: Timestamp,
        after mark: PurgeMark?,
        limit: Int
    ) throws -> [JobRequest] {
        let query = try statement(PurgeQueries.ended)
        query.bind(state.code)
        query.bind(cutoff.milliseconds)
        query.bind(mark?.completedTime.milliseconds ?? .min)
        query.bind(mark?.id.value ?? .min)
        query.bind(limit)
        return try query.rows(session.codec.read)
    }

    func families(of roots: [RequestID]) throws -> [RequestID: PurgeFamily] {
        let query = try statement(PurgeQueries.families)
        query.bind(roots.jsonArray)
        let found = try query.rows { row in
            (RequestID(row.integer()), PurgeFamily(descendants: row.integer(), live: row.integer()))
        }
        return Dictionary(found) { first, _ in first }
    }

    func delete(_ roots: [RequestID], parents: [RequestID], isKept: Bool) throws {
        let update = try statement(PurgeQueries.deleteRoots)
        update.bind(now.milliseconds)
        update.bind(isKept ? 1 as Int64 : nil)
        update.bind(roots.jsonArray)
        try session.write(update)
        let taken = Set(roots).intersection(parents)
        guard !taken.isEmpty else { return }
        let below = try statement(PurgeQueries.deleteDescendants)
        below.bind(now.milliseconds)
        below.bind(taken.sorted().jsonArray)
        try session.write(below)
    }

    func deleteDescendants(of root: RequestID, after number: RequestID, limit: Int) throws -> [RequestID] {
        let query = try statement(PurgeQueries.oldest)
        query.bind(root.value)
        query.bind(number.value)
        query.bind(limit)
        let found = try query.rows { RequestID($0.integer()) }
        guard !found.isEmpty else { return [] }
        let update = try statement(PurgeQueries.deletePart)
        update.bind(now.milliseconds)
        update.bind(found.jsonArray)
        try session.write(update)
        return found
    }

    mutating func append(_ record: AuditRecord) throws { try transaction.append(record) }

    mutating func record(_ call: RecordedCall) throws { try transaction.record(call) }

    /// Removes rows that may go.
    ///
    /// - Returns: how many requests there were.
    func remove(_ ids: [RequestID], deletedUntil cutoff: Timestamp) throws -> Int {
        let query = try statement(PurgeQueries.deletedAmong)
        query.bind(ids.jsonArray)
        query.bind(cutoff.milliseconds)
        let due = try query.rows { RequestID($0.integer()) }
        guard !due.isEmpty else { return 0 }
        for sql in PurgeQueries.removals {
            let removal = try statement(sql)
            removal.bind(due.jsonArray)
            try session.write(removal)
        }
        return due.count
    }

    func removeAudit(before cutoff: Timestamp, limit: Int) throws -> Int {
        let removal = try statement(PurgeQueries.removeAudit)
        removal.bind(limit)
        removal.bind(cutoff.milliseconds)
        return try session.write(removal)
    }

    func statement(_ sql: String) throws -> SQLiteStatement { try session.statements.statement(sql) }

    func write(_ statement: SQLiteStatement) throws { try session.write(statement) }
}

extension [RequestID] {
    /// For `json_each`.
    var jsonArray: String { "[\(map { String($0.value) }.joined(separator: ","))]" }
}
