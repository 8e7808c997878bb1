import PostgresClient
import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreTesting
import Synchronization
import Testing

/// What callers learn when connections break or the server goes away.
@Suite("PostgreSQL faults", .timeLimit(.minutes(2)))
struct PostgresFaultTests {
    private let schema: TestSchema

    init() throws { schema = try PrivatePostgres.shared().schema() }

    @Test("connections that were ended while idle are made anew, and no caller learns of it")
    func endedWhileIdle() async throws {
        try await Stores.withPostgres(in: schema) { store in
            for number in 1...5 {
                try end(of: "idle")
                #expect(try await store.submit(StoreSamples.submission(), audit: nil).id == RequestID(Int64(number)))
                #expect(try await store.request(RequestID(1)) != nil)
                #expect(try await store.requests(RequestQuery(limit: 9)).count == number)
            }
        }
    }

    @Test("a connection that is ended within a batch takes nothing with it: the batch is run again")
    func endedWithinBatch() async throws {
        let runs = Atomic<Int>(0)
        try await Stores.withPostgres(in: schema) { store in
            let id = try await store.transact { transaction -> RequestID in
                let submission = StoreSamples.submission()
                let request = try CommandInterpreter.submit(submission, audit: nil, in: &transaction)
                if runs.add(1, ordering: .relaxed).newValue == 1 {
                    try end(of: "idle in transaction")
                    // Any question shows the loss.
                    _ = try transaction.dueTimers(limit: 1)
                }
                return request.id
            }
            #expect(runs.load(ordering: .relaxed) == 2)
            #expect(try await store.requests(RequestQuery(limit: 9)).map(\.request.id) == [id])
        }
    }

    @Test("a connection that is lost with the COMMIT under way leaves the outcome open, and says so")
    func lostCommit() async throws {
        let strikes = Mutex(false)
        var options = PostgresStore.Options()
        let failure = Mutex("")
        options.beforeCommit = {
            guard strikes.withLock({ $0 }) else { return }
            do { try end(of: "idle in transaction") } catch { failure.withLock { $0 = "\(error)" } }
        }
        try await Stores.withPostgres(in: schema, options: options) { store in
            strikes.withLock { $0 = true }
            let fault = await #expect(throws: StoreFault.self) {
                _ = try await store.submit(StoreSamples.submission(), audit: nil)
            }
            strikes.withLock { $0 = false }
            #expect(failure.withLock { $0 }.isEmpty)
            #expect(fault?.kind == .failed)
            #expect(fault?.description.contains("unknown") == true)
            // Whatever became of it, the store goes on.
            let next = try await store.submit(StoreSamples.submission(), audit: nil)
            #expect(next.state == .wait)
        }
    }

    @Test("while the server is away calls fail at once as unavailable, afterwards the store goes on")
    func serverAway() async throws {
        let server = try PrivatePostgres()
        var database = server.options
        database.schema = "away"
        let store = try await PostgresStore.open(database)
        let first = try await store.submit(StoreSamples.submission(), audit: nil)
        try server.stop()
        for _ in 0..<50 {
            let writing = await #expect(throws: StoreFault.self) {
                _ = try await store.submit(StoreSamples.submission(), audit: nil)
            }
            #expect(writing?.kind == .unavailable)
            let reading = await #expect(throws: StoreFault.self) { _ = try await store.request(first.id) }
            #expect(reading?.kind == .unavailable)
            let listing = await #expect(throws: StoreFault.self) {
                _ = try await store.requests(RequestQuery(limit: 1))
            }
            #expect(listing?.kind == .unavailable)
        }
        try server.start()
        // The store tries again by itself; nothing but a success tells when it did.
        var second: JobRequest?
        while second == nil {
            second = try? await store.submit(StoreSamples.submission(), audit: nil)
            await Task.yield()
        }
        var found: [RequestDetail] = []
        while found.isEmpty {
            found = (try? await store.requests(RequestQuery(limit: 9))) ?? []
            await Task.yield()
        }
        #expect(found.map(\.request.id) == [first.id, second?.id])
        await store.close()
        try server.remove()
    }

    @Test("ESS-06003: a read that takes too long is ended and told as such")
    func slowRead() async throws {
        let admin = try schema.connectHere()
        var options = PostgresStore.Options()
        options.statementTimeout = .milliseconds(100)
        try await Stores.withPostgres(in: schema, options: options) { store in
            try admin.execute("BEGIN; LOCK TABLE request_course")
            let fault = await #expect(throws: StoreFault.self) { _ = try await store.requests(RequestQuery(limit: 9)) }
            #expect(fault?.kind == .timedOut(after: .milliseconds(100)))
            #expect(fault?.schedulerError.code == 6003)
            try admin.execute("ROLLBACK")
            #expect(try await store.requests(RequestQuery(limit: 9)).isEmpty)
        }
    }

    @Test("while all who search are busy, requests are read and loops are answered")
    func searches() async throws {
        let admin = try schema.connectHere()
        var options = PostgresStore.Options()
        options.readers = 4
        try await Stores.withPostgres(in: schema, options: options) { store in
            let id = try await store.submit(StoreSamples.submission(), audit: nil).id
            // Lists read it, loops do not.
            try admin.execute("BEGIN; LOCK TABLE request_plan")
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        let found = try await store.requests(RequestQuery(limit: 9))
                        #expect(found.map(\.request.id) == [id])
                    }
                }
                try waitForLocks(2)
                #expect(try await store.nextInstants(without: []).due != nil)
                _ = try await store.history(of: id)
                try admin.execute("ROLLBACK")
                try await group.waitForAll()
            }
        }
    }

    @Test("a batch that loses against another transaction is run again and comes through")
    func deadlock() async throws {
        let admin = try schema.connectHere()
        try await Stores.withPostgres(in: schema) { store in
            for _ in 0..<2 { _ = try await store.submit(StoreSamples.submission(), audit: nil) }
            let runs = Atomic<Int>(0)
            // The other side holds 2 and will want 1, we hold 1 and want 2.
            try admin.execute("SET deadlock_timeout = '10s'; BEGIN; SELECT FROM request_course WHERE id = 2 FOR UPDATE")
            async let held = store.transact { transaction -> Bool in
                runs.add(1, ordering: .relaxed)
                return try transaction.request(RequestID(1)) != nil && transaction.request(RequestID(2)) != nil
            }
            try waitForLocks(1)
            // Its own check comes after ten seconds, ours after one: we are the one to be ended.
            try admin.execute("SELECT FROM request_course WHERE id = 1 FOR UPDATE; ROLLBACK")
            #expect(try await held)
            // It may be quick enough to meet the other side's wait once more.
            #expect((2...4).contains(runs.load(ordering: .relaxed)))
        }
    }

    @Test("notifications reach the other node, never the one that caused them")
    func wakeUps() async throws {
        let own = Mutex<[WakeUps]>([])
        let (heard, continuation) = AsyncStream.makeStream(of: WakeUps.self)
        var first = PostgresStore.Options()
        first.onWakeUp = { wakeUps in own.withLock { $0.append(wakeUps) } }
        var second = PostgresStore.Options()
        second.onWakeUp = { continuation.yield($0) }
        try await Stores.withPostgres(in: schema, options: first) { sender in
            try await Stores.withPostgres(in: schema, options: second) { _ in
                var news = heard.makeAsyncIterator()
                // Once it listens, anything may have been missed.
                #expect(await news.next() == .all)
                try await sender.enter()
                let request = try await sender.submit(StoreSamples.submission(), audit: nil)
                #expect(await news.next() == .dispatch)
                // Ranked by a node that has no thread for it: others may have passed it over while it was locked.
                let pass = Claim(node: StoreSamples.node, processor: "node", limit: 0, readyLimit: 1)
                #expect(try await sender.claim(pass).becameReady == 1)
                #expect(await news.next() == .dispatch)
                let claim = Claim(node: StoreSamples.node, processor: "node", limit: 1, readyLimit: 0)
                #expect(try await sender.claim(claim).started.map(\.request.id) == [request.id])
                _ = try await sender.perform([RequestCommand(request.id, .cancel)])
                // The start made nothing to do; the cancel is for the node that runs it.
                #expect(await news.next()?.contains(.attempts) == true)
                _ = try await sender.putMetadata(id: "User://x", origin: "API", document: "1", unlessPresent: true)
                #expect(await news.next() == .metadata)
            }
        }
        #expect(own.withLock { $0.allSatisfy { $0 == .all } })
    }

    // MARK: - Steps

    /// Ends all sessions of the schema's stores that are in a state.
    private func end(of state: String) throws {
        let admin = try schema.connectHere()
        var parameters = PostgresParameters()
        parameters.append(state)
        parameters.append("%\(schema.name)%")
        _ = try admin.query(
            .once(
                """
                SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND state = $1 AND datname = current_database() AND pid IN (
                    SELECT pid FROM pg_stat_activity WHERE application_name LIKE $2
                )
                """
            ),
            parameters
        )
    }

    /// Returns when so many sessions wait for a row.
    private func waitForLocks(_ count: Int64) throws {
        let watcher = try schema.connectHere()
        let waiting: PostgresStatement = """
            SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE $1
            """
        var parameters = PostgresParameters()
        parameters.append("%\(schema.name)%")
        while try watcher.query(waiting, parameters).firstRow({ $0.integer() }) ?? 0 < count {}
    }
}
