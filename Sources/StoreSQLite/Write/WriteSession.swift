internal import GRDBSQLite
import SchedulerCore
import StoreSupport

/// The writing connection with its statements and counters. Stays on the thread of the writer.
final class WriteSession {
    let connection: OpaquePointer
    let labels: LabelTable
    let codec: RequestCodec<LabelTable>
    let statements: StatementCache
    var counters: StoreCounters
    /// Rows written since the session began; tells whether an operation wrote anything.
    private(set) var writes = 0

    let request: SQLiteStatement
    let parameters: SQLiteStatement
    let insert: SQLiteStatement
    let insertDetail: SQLiteStatement
    let update: SQLiteStatement
    /// For one step, for two, …
    let insertSteps: [SQLiteStatement]
    let dispatchWaiting: SQLiteStatement
    let dispatchQueued: SQLiteStatement
    private let beginTransaction: SQLiteStatement
    private let commitTransaction: SQLiteStatement
    private let writeCounters: SQLiteStatement

    private let logSize = LogSize()
    private var writesAtBegin = 0
    private var countersAtBegin = StoreCounters()

    init(_ connection: OpaquePointer) throws {
        self.connection = connection
        labels = try LabelTable(connection, writes: true)
        codec = RequestCodec(labels: labels)
        statements = StatementCache(connection)
        counters = try StoreCounters.read(connection)
        request = try SQLiteStatement(connection, PollQueries.request)
        parameters = try SQLiteStatement(connection, PollQueries.parameters)
        insert = try SQLiteStatement(connection, RequestStatements.insert)
        insertDetail = try SQLiteStatement(
            connection,
            "INSERT INTO request_detail (id, callback, parameters) VALUES (?, ?, ?)"
        )
        update = try SQLiteStatement(connection, RequestStatements.update)
        insertSteps = try Self.stepInserts.map { try SQLiteStatement(connection, $0) }
        dispatchWaiting = try SQLiteStatement(connection, PollQueries.dispatchWaiting)
        dispatchQueued = try SQLiteStatement(connection, PollQueries.dispatchQueued)
        beginTransaction = try SQLiteStatement(connection, "BEGIN IMMEDIATE")
        commitTransaction = try SQLiteStatement(connection, "COMMIT")
        writeCounters = try SQLiteStatement(
            connection,
            "UPDATE counter SET last_time = ?, last_request = ?, last_epoch = ?, last_step = ?"
        )
        logSize.watch(connection)
    }

    /// A start and an end pass two cells each: most changes append two rows.
    private static let stepInserts = (1...2).map { count in
        let rows = Array(repeating: "(?, ?, ?, ?, ?, ?, ?, ?)", count: count).joined(separator: ", ")
        return "INSERT INTO history (request_id, step, event, source, target, time, attempt, refusal) VALUES \(rows)"
    }

    // MARK: - Transactions

    /// Opens a transaction at the wall clock's time, or later where that went back.
    func begin(wallClock: Timestamp) throws -> SQLiteTransaction {
        try beginTransaction.run()
        counters.lastTime = max(counters.lastTime, wallClock)
        countersAtBegin = counters
        writesAtBegin = writes
        return SQLiteTransaction(session: self, now: counters.lastTime)
    }

    var hasWritten: Bool { writes > writesAtBegin }

    /// Makes the transaction durable; when it returns, it is on disk. One that wrote nothing costs no fsync.
    func commit() throws {
        if hasWritten { try keepCounters() }
        try commitTransaction.run()
        labels.settle(committed: true)
    }

    private func keepCounters() throws {
        writeCounters.bind(counters.lastTime.milliseconds)
        writeCounters.bind(counters.lastRequest)
        writeCounters.bind(counters.lastEpoch)
        writeCounters.bind(counters.lastStep)
        try writeCounters.run()
    }

    /// Undoes the transaction, if SQLite has not done so itself.
    ///
    /// - Throws: `SQLiteFailure`; the connection is of no use then.
    func rollback() throws {
        counters = countersAtBegin
        labels.settle(committed: false)
        guard sqlite3_get_autocommit(connection) == 0 else { return }
        try SQLiteStatement(connection, "ROLLBACK").run()
    }

    /// Runs a statement that changes rows.
    ///
    /// - Returns: how many it changed.
    @discardableResult
    func write(_ statement: SQLiteStatement) throws -> Int {
        writes += 1
        try statement.run()
        return Int(sqlite3_changes(connection))
    }

    // MARK: - The log

    /// Copies the log into the database when it has grown long.
    ///
    /// SQLite's own automatism is off: it hides a failed fsync, and its next success would cover up the loss.
    ///
    /// - Returns: whether it did.
    func checkpointIfDue() throws -> Bool {
        guard logSize.pages >= SQLiteLimits.checkpointPages else { return false }
        let isUrgent = logSize.pages >= SQLiteLimits.checkpointPagesUrgent
        try checkpoint(isUrgent ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE)
        return true
    }

    /// Keeps the time of the last transactions, which wrote nothing, then copies the whole log and empties it.
    func finish() throws {
        try keepCounters()
        try checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
    }

    private func checkpoint(_ mode: Int32) throws {
        switch sqlite3_wal_checkpoint_v2(connection, nil, mode, nil, nil) {
        // A full disk leaves the log as it is; the next commit tries again.
        case SQLITE_OK, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL: logSize.pages = 0
        default: throw SQLiteFailure(connection: connection)
        }
    }
}

/// Length of the write-ahead log after the newest commit, as SQLite tells it.
private final class LogSize {
    var pages = 0

    func watch(_ connection: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            connection,
            { context, _, _, pages in
                if let context { Unmanaged<LogSize>.fromOpaque(context).takeUnretainedValue().pages = Int(pages) }
                return SQLITE_OK
            },
            context
        )
    }
}
