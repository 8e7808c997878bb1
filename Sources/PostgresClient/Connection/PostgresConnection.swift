internal import CLibPQ

/// A session with the server. All calls block, and stay on one thread; only its `cancellation` may be used elsewhere.
package final class PostgresConnection {
    package enum TransactionStatus: Hashable, Sendable {
        case idle
        /// In a transaction.
        case active
        /// In a transaction that can only be rolled back.
        case failed
        /// The connection is gone.
        case unknown
    }

    /// Ends the statement that this connection is running, from any thread.
    package let cancellation: PostgresCancellation

    private let notices = NoticeSink()
    /// A `PGconn`; nil once closed.
    private(set) var handle: OpaquePointer?
    private var prepared = PreparedStatements()
    /// Whether libpq and we disagree about what comes next.
    private var isSpoiled = false

    /// Connects and sets up the session.
    ///
    /// - Throws: `PostgresError` of cause `notConnected`.
    package convenience init(_ options: PostgresOptions) throws(PostgresError) {
        let keywords = try ConnectionKeywords(options)
        try self.init(keywords.withPointers { PQconnectdbParams($0, $1, 1) }, options)
    }

    /// Sets up the session.
    ///
    /// - Parameters:
    ///   - handle: a `PGconn` that has come to the end of connecting, well or not.
    ///   - options: what the session begins with.
    /// - Throws: `PostgresError` of cause `notConnected`.
    init(_ handle: OpaquePointer?, _ options: PostgresOptions) throws(PostgresError) {
        guard let handle else { throw PostgresError(.notConnected, "out of memory") }
        guard PQstatus(handle) == CONNECTION_OK, let cancel = PQgetCancel(handle) else {
            defer { PQfinish(handle) }
            throw PostgresError(connecting: handle)
        }
        self.handle = handle
        cancellation = PostgresCancellation(cancel, descriptor: PQsocket(handle))
        // libpq would print notices on standard error. The sink lives as long as the connection.
        PQsetNoticeReceiver(
            handle,
            { sink, result in
                guard let sink, let result, let notice = PostgresError.notice(result) else { return }
                Unmanaged<NoticeSink>.fromOpaque(sink).takeUnretainedValue().receive?(notice)
            },
            Unmanaged.passUnretained(notices).toOpaque()
        )
        let (statement, parameters) = options.openingStatement()
        do throws(PostgresError) { _ = try query(statement, parameters) } catch {
            close()
            throw PostgresError(.notConnected, error.message, sqlState: error.sqlState)
        }
    }

    deinit { if let handle { PQfinish(handle) } }

    /// Ends the session; whatever was not committed is undone.
    package func close() {
        if let handle { PQfinish(handle) }
        handle = nil
    }

    /// Takes the notices of the statements that run from now on, on the thread that runs them; nil drops them.
    package func onNotice(_ receive: ((PostgresNotice) -> Void)?) { notices.receive = receive }

    // MARK: - State

    /// Whether the next call has a chance. It does not ask the server; see `isAlive`.
    package var isUsable: Bool {
        guard let handle, !isSpoiled else { return false }
        return PQstatus(handle) == CONNECTION_OK
    }

    package var transactionStatus: TransactionStatus {
        guard let handle, isUsable else { return .unknown }
        switch PQtransactionStatus(handle) {
        case PQTRANS_IDLE: return .idle
        case PQTRANS_INTRANS, PQTRANS_ACTIVE: return .active
        case PQTRANS_INERROR: return .failed
        default: return .unknown
        }
    }

    /// Process of the server that serves this session.
    package var backendID: Int32 { handle.map { PQbackendPID($0) } ?? 0 }

    /// 150018 is 15.18.
    package var serverVersion: Int { handle.map { Int(PQserverVersion($0)) } ?? 0 }

    /// A setting that the server reports by itself, such as `server_encoding` or `in_hot_standby`.
    package func reported(_ name: String) -> String? {
        guard let handle, let value = PQparameterStatus(handle, name) else { return nil }
        return String(cString: value)
    }

    /// Whether the connection is not known to have ended, by what has arrived already; costs no round trip.
    package var isAlive: Bool {
        guard let handle, isUsable else { return false }
        // The server's last words come before the end that they announce.
        var reads = 0
        while reads < PostgresLimits.idleReadsMax, Descriptors.isReadable(PQsocket(handle)) {
            guard PQconsumeInput(handle) == 1 else { return false }
            reads += 1
        }
        return isUsable
    }

    // MARK: - Statements

    /// Runs statements without parameters or rows; several are separated by semicolons and are one transaction,
    /// which a BEGIN among them leaves open.
    package func execute(_ sql: String) throws(PostgresError) {
        let handle = try usable()
        _ = try check(PQexec(handle, sql), handle)
    }

    /// Runs a statement.
    ///
    /// - Throws: `PostgresError`; inside a transaction it has failed then.
    package func query(
        _ statement: PostgresStatement,
        _ parameters: PostgresParameters = PostgresParameters()
    ) throws(PostgresError) -> PostgresResult {
        let handle = try usable()
        if let failure = parameters.failure { throw failure }
        guard statement.isKept else {
            return try check(
                parameters.withPointers { PQexecParams(handle, statement.sql, $0, $1, $2, $3, $4, 1) },
                handle
            )
        }
        let wasIdle = PQtransactionStatus(handle) == PQTRANS_IDLE
        do throws(PostgresError) {
            return try run(statement, parameters, handle)
        } catch {
            // The table has changed under the statement, or somebody else forgot it.
            guard PreparedStatements.isStale(error) else { throw error }
            prepared.forget(statement)
            guard wasIdle, isUsable else { throw error }
            return try run(statement, parameters, handle)
        }
    }

    /// Runs a statement that gives no rows.
    ///
    /// - Returns: rows that it met.
    @discardableResult
    package func run(
        _ statement: PostgresStatement,
        _ parameters: PostgresParameters = PostgresParameters()
    ) throws(PostgresError) -> Int {
        try query(statement, parameters).affectedRows
    }

    /// Runs `body` between BEGIN and COMMIT; where it throws, everything is rolled back.
    ///
    /// - Throws: what `body` throws. `PostgresError.isConnectionLost` by the COMMIT leaves open whether it took effect.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try execute("BEGIN")
        let value: Value
        do {
            value = try body()
        } catch {
            // A connection that cannot even do this is of no use, and the server rolls back when it ends.
            do { try execute("ROLLBACK") } catch { isSpoiled = true }
            throw error
        }
        try commit()
        return value
    }

    /// Commits. A transaction that had failed is rolled back by the server instead, which is an error here.
    package func commit() throws(PostgresError) {
        let handle = try usable()
        let result = try check(PQexec(handle, "COMMIT"), handle)
        let tag = PQcmdStatus(result.handle).map { String(cString: $0) }
        guard tag == "COMMIT" else {
            throw PostgresError(.server, "the transaction had failed and was rolled back", sqlState: .failedTransaction)
        }
    }

    /// Rolls back what a caller left open.
    ///
    /// - Returns: whether the connection may be used on.
    func endsTransaction() -> Bool {
        switch transactionStatus {
        case .idle: return true
        case .unknown: return false
        case .active, .failed:
            do throws(PostgresError) { try execute("ROLLBACK") } catch { return false }
            return transactionStatus == .idle
        }
    }

    // MARK: - Preparing

    /// Name of the statement on this connection, prepared now unless it is already.
    func name(
        of statement: PostgresStatement,
        _ parameters: PostgresParameters,
        _ handle: OpaquePointer
    ) throws(PostgresError) -> String {
        if let known = prepared[statement] {
            guard known.types == parameters.types else {
                throw PostgresError(.misuse, "a prepared statement is used with other types than before")
            }
            return known.name
        }
        if prepared.count >= PostgresLimits.preparedStatementsMax { try forgetAll(handle) }
        let entry = prepared.next(types: parameters.types)
        let result = parameters.types.withUnsafeBufferPointer {
            PQprepare(handle, entry.name, statement.sql, Int32($0.count), $0.baseAddress)
        }
        _ = try check(result, handle)
        prepared[statement] = entry
        return entry.name
    }

    /// Sees to it that the statements of a batch do not push each other out while it is sent.
    ///
    /// - Returns: whether there is room for all of them.
    func makesRoom(for batch: PostgresBatch, _ handle: OpaquePointer) throws(PostgresError) -> Bool {
        guard prepared.count + batch.queries.count > PostgresLimits.preparedStatementsMax else { return true }
        let statements = Set(batch.queries.lazy.map(\.statement))
        let missing = statements.count { prepared[$0] == nil }
        guard prepared.count + missing > PostgresLimits.preparedStatementsMax else { return true }
        guard statements.count <= PostgresLimits.preparedStatementsMax else { return false }
        try forgetAll(handle)
        return true
    }

    private func forgetAll(_ handle: OpaquePointer) throws(PostgresError) {
        prepared.forgetAll()
        _ = try check(PQexec(handle, "DEALLOCATE ALL"), handle)
    }

    private func run(
        _ statement: PostgresStatement,
        _ parameters: PostgresParameters,
        _ handle: OpaquePointer
    ) throws(PostgresError) -> PostgresResult {
        let name = try name(of: statement, parameters, handle)
        return try check(
            parameters.withPointers { count, _, values, lengths, formats in
                PQexecPrepared(handle, name, count, values, lengths, formats, 1)
            },
            handle
        )
    }

    // MARK: - Outcomes

    func usable() throws(PostgresError) -> OpaquePointer {
        guard let handle else { throw PostgresError(.closed, "the connection was closed") }
        guard isUsable else { throw PostgresError(.connectionLost, "the connection was lost earlier") }
        return handle
    }

    func spoil() { isSpoiled = true }

    func forget(_ statement: PostgresStatement) { prepared.forget(statement) }

    func check(_ result: OpaquePointer?, _ handle: OpaquePointer) throws(PostgresError) -> PostgresResult {
        guard let result else { throw PostgresError(failed: nil, on: handle) }
        let owner = PostgresResult(result)
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            return owner
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            spoil()
            throw PostgresError(.misuse, "COPY is not spoken here")
        default:
            throw PostgresError(failed: result, on: handle)
        }
    }
}
