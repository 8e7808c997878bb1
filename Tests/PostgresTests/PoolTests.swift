import Dispatch
import PostgresClient
import PostgresTesting
import Synchronization
import Testing

/// The pool with a real server.
@Suite("PostgreSQL pool", .timeLimit(.minutes(1)))
struct PoolTests {
    private let server: PrivatePostgres

    init() throws { server = try PrivatePostgres.shared() }

    private func withPool(
        _ connections: Int,
        _ options: PostgresOptions? = nil,
        change: (inout PoolMachine.Settings) -> Void = { _ in },
        _ use: (PostgresPool) async throws -> Void
    ) async throws {
        var settings = PoolMachine.Settings()
        settings.connectionsMax = connections
        change(&settings)
        let pool = try PostgresPool(options ?? server.options, settings: settings)
        let result: Result<Void, any Error>
        do { result = .success(try await use(pool)) } catch { result = .failure(error) }
        await pool.close()
        try result.get()
    }

    /// How many run at once.
    private final class Gauge: Sendable {
        private let state = Mutex((running: 0, most: 0))

        var most: Int { state.withLock { $0.most } }

        func enter() {
            state.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
        }

        func leave() { state.withLock { $0.running -= 1 } }
    }

    private final class Order: Sendable {
        private let state = Mutex<[Int]>([])

        var numbers: [Int] { state.withLock { $0 } }

        func append(_ number: Int) { state.withLock { $0.append(number) } }
    }

    /// Occupies a connection from `isHeld` to `release`.
    private final class Hold: Sendable {
        private let gate = DispatchSemaphore(value: 0)
        let isHeld: AsyncStream<Void>
        private let begun: AsyncStream<Void>.Continuation

        init() { (isHeld, begun) = AsyncStream.makeStream() }

        @Sendable func hold(_ connection: PostgresConnection) -> Int32 {
            begun.yield()
            gate.wait()
            return connection.backendID
        }

        func release() { gate.signal() }
    }

    @Test("Calls one after the other share one connection; its statements stay prepared")
    func oneConnection() async throws {
        try await withPool(4) { pool in
            var backends: Set<Int32> = []
            for value in 0..<20 as Range<Int64> {
                let backend = try await pool.withConnection { connection in
                    let sent = parameters { $0.append(value) }
                    let read = try connection.query("SELECT $1", sent).firstRow { $0.integer() }
                    #expect(read == value)
                    return connection.backendID
                }
                backends.insert(backend)
            }
            #expect(backends.count == 1)
            let statistics = pool.statistics
            #expect(statistics.served == 20)
            #expect(statistics.connects == 1)
            #expect(statistics.idle == 1)
            #expect(statistics.waitedMost > .zero && statistics.waited >= statistics.waitedMost)
        }
    }

    @Test("Many callers at once get no more connections than there are, and all are served")
    func limit() async throws {
        try await withPool(3) { pool in
            let gauge = Gauge()
            let backends = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            gauge.enter()
                            defer { gauge.leave() }
                            _ = try connection.query("SELECT 1")
                            return connection.backendID
                        }
                    }
                }
                return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
            }
            #expect((1...3).contains(backends.count))
            #expect((1...3).contains(gauge.most))
            #expect(pool.statistics.served == 200)
        }
    }

    @Test("Who waits too long is told so; who is cancelled leaves; the others are served in order")
    func waiting() async throws {
        try await withPool(1, change: { $0.waitingMax = 3 }) { pool in
            let hold = Hold()
            async let first = pool.withConnection(hold.hold)
            for await _ in hold.isHeld { break }
            let error = await postgresError { _ = try await pool.withConnection(timeout: .milliseconds(20)) { _ in 0 } }
            #expect(error?.cause == .exhausted)

            let order = Order()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        try await pool.withConnection { _ in order.append(number) }
                    }
                    while pool.statistics.waiting <= number { await Task.yield() }
                }
                let refused = await postgresError { _ = try await pool.withConnection { _ in 0 } }
                #expect(refused?.cause == .exhausted)
                hold.release()
                try await group.waitForAll()
            }
            _ = try await first
            #expect(order.numbers == [0, 1, 2])

            let second = Hold()
            async let held = pool.withConnection(second.hold)
            for await _ in second.isHeld { break }
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do { return try await pool.withConnection { _ in false } } catch {
                        return error is CancellationError
                    }
                }
                while pool.statistics.waiting == 0 { await Task.yield() }
                group.cancelAll()
                #expect(await group.next() == true)
            }
            second.release()
            _ = try await held
            let statistics = pool.statistics
            #expect(statistics.timedOut == 1 && statistics.cancelled == 1 && statistics.refused == 1)
        }
    }

    @Test("A caller that is cancelled before it calls does not wait for its deadline")
    func cancelledBefore() async throws {
        try await withPool(1) { pool in
            let hold = Hold()
            async let held = pool.withConnection(hold.hold)
            for await _ in hold.isHeld { break }
            await withTaskGroup(of: Bool.self) { group in
                group.cancelAll()
                group.addTask {
                    do { return try await pool.withConnection(timeout: .seconds(3600)) { _ in false } } catch {
                        return error is CancellationError
                    }
                }
                #expect(await group.next() == true)
            }
            hold.release()
            _ = try await held
        }
    }

    @Test("A transaction that a call leaves open is rolled back before the next call")
    func openTransaction() async throws {
        let schema = try server.schema()
        try await withPool(1, schema.options) { pool in
            try await pool.withConnection { try $0.execute("CREATE TABLE t (a int8)") }
            try await pool.withConnection { try $0.execute("BEGIN; INSERT INTO t VALUES (1)") }
            try await pool.withConnection { connection in
                #expect(connection.transactionStatus == .idle)
                _ = postgresError { try connection.execute("BEGIN; SELECT 1 / 0") }
                #expect(connection.transactionStatus == .failed)
            }
            let answer = try await pool.withConnection { try $0.integer("SELECT count(*) FROM t") }
            #expect(answer == 0)
            #expect(pool.statistics.connects == 1)
        }
    }

    @Test("A connection that ended while it idled is replaced before the call notices")
    func replaced() async throws {
        try await withPool(1) { pool in
            let backend = try await pool.withConnection { $0.backendID }
            try PostgresConnection(server.options).terminate(backend)
            let next = try await pool.withConnection { connection in
                let answer = try connection.integer("SELECT 1")
                #expect(answer == 1)
                return connection.backendID
            }
            #expect(next != backend)
        }
    }

    @Test("A call that meets the loss of its connection is told, and the next has a new one")
    func lostInCall() async throws {
        try await withPool(1) { pool in
            let error = await postgresError {
                try await pool.withConnection { _ = try $0.query("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(error?.isConnectionLost == true)
            let answer = try await pool.withConnection { try $0.integer("SELECT 1") }
            #expect(answer == 1)
            #expect(pool.statistics.connects == 2)
        }
    }

    @Test("A server that only reads is left: another may be the primary now")
    func readOnly() async throws {
        try await withPool(1) { pool in
            let refused = await postgresError {
                try await pool.withConnection { connection in
                    try connection.execute("SET default_transaction_read_only = on")
                    try connection.execute("CREATE TABLE nowhere ()")
                }
            }
            #expect(refused?.isReadOnly == true)
            let connects = pool.statistics.connects
            _ = try await pool.withConnection { try $0.integer("SELECT 1") }
            #expect(pool.statistics.connects == connects + 1)
        }
    }

    @Test("Without a server calls fail at once, and do not wait for their deadline")
    func unreachable() async throws {
        let options = PostgresOptions(uri: "postgres://127.0.0.1:1/x")
        let policy = ReconnectionPolicy(first: .seconds(3600), longest: .seconds(3600))
        try await withPool(2, options, change: { $0.reconnection = policy }) { pool in
            for _ in 0..<3 {
                let error = await postgresError {
                    _ = try await pool.withConnection(timeout: .seconds(3600)) { _ in 0 }
                }
                #expect(error?.cause == .notConnected)
                #expect(error?.message.contains("127.0.0.1") == true)
            }
            #expect(pool.statistics.connectFailures == 1)
        }
    }

    @Test("An idle connection is asked whether it still works, and let go if not")
    func check() async throws {
        try await withPool(1, change: { $0.idleCheckTime = .milliseconds(20) }) { pool in
            let backend = try await pool.withConnection { $0.backendID }
            try PostgresConnection(server.options).terminate(backend)
            while pool.statistics.failedChecks == 0 { await Task.yield() }
            #expect(pool.statistics.idle == 0)
        }
    }

    @Test("Closing lets running calls end and refuses the rest")
    func closing() async throws {
        let pool = try PostgresPool(server.options)
        let hold = Hold()
        async let running = pool.withConnection(hold.hold)
        for await _ in hold.isHeld { break }
        async let closed: Void = pool.close()
        var error: PostgresError?
        while error == nil { error = await postgresError { _ = try await pool.withConnection { _ in 0 } } }
        #expect(error?.cause == .closed)
        hold.release()
        let backend = try await running
        await closed
        await pool.close()
        let watcher = try PostgresConnection(server.options)
        let sent = parameters { $0.append(backend) }
        while try watcher.query("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", sent).firstRow({ $0.integer() })
            != 0
        {}
    }
}
