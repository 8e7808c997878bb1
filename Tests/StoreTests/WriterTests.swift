import SchedulerCore
import SchedulerTesting
import StoreSQLite
import StoreSupport
import StoreTesting
import Synchronization
import Testing

/// The one writer and its batches.
@Suite("SQLite writer", .timeLimit(.minutes(1)))
struct WriterTests {
    private let folder: TemporaryFolder
    private let time = ManualTime()
    private let gate = CommitGate()

    init() throws { folder = try TemporaryFolder() }

    @Test("calls that wait share one commit")
    func batch() async throws {
        try await withStore { store in
            let ids = try await gathered(store, count: 300) { try await store.submit($0, audit: nil).id.value }
            #expect(Set(ids).count == 300)
            // One for the call that held the writer up, one for all others.
            #expect(store.statistics.commits == 2)
            #expect(store.statistics.operations == 301)
            #expect(store.statistics.undone == 0)
        }
    }

    @Test("a batch takes no more than its bound")
    func bound() async throws {
        try await withStore { store in
            let count = SQLiteLimits.batchOperationsMax + 10
            _ = try await gathered(store, count: count) { try await store.submit($0, audit: nil).id.value }
            #expect(store.statistics.commits == 3)
        }
    }

    @Test("an operation that fails takes nobody with it, and leaves nothing")
    func poisonous() async throws {
        try await withStore { store in
            let outcomes = try await gathered(store, count: 20) { submission -> String in
                var submission = submission
                // The schema refuses such a priority; nothing before it does.
                if submission.facts.description == "7" { submission.policy.priority = 42 }
                do {
                    return "\(try await store.submit(submission, audit: nil).id)"
                } catch let fault as StoreFault {
                    return "\(fault.kind)"
                }
            }
            #expect(outcomes.filter { $0 == "failed" }.count == 1)
            let ids = outcomes.compactMap { Int64($0) }.sorted()
            // Numbers are given again only where nobody ever saw them: there is no gap.
            #expect(ids == Array(2...20))
            #expect(try await store.requests(RequestQuery(limit: 100)).count == 20)
            #expect(store.statistics.undone == 2)
            #expect(try await store.integrityProblems().isEmpty)
        }
    }

    @Test("a refusal in a batch undoes nothing")
    func refusal() async throws {
        try await withStore { store in
            let outcomes = try await gathered(store, count: 20) { submission -> Bool in
                var submission = submission
                submission.policy.allowMultiplePending = false
                do {
                    _ = try await store.submit(submission, audit: nil)
                    return true
                } catch let error as SchedulerError {
                    #expect(error.code == 1050)
                    return false
                }
            }
            // The call that held the writer up is pending already.
            #expect(outcomes.allSatisfy { !$0 })
            #expect(store.statistics.commits == 1)
            #expect(store.statistics.undone == 0)
        }
    }

    @Test("what writes nothing costs no commit")
    func idle() async throws {
        try await withStore { store in
            let claim = Claim(node: StoreSamples.node, processor: "node", limit: 5, readyLimit: 5)
            try await store.enter()
            let commits = store.statistics.commits
            for _ in 0..<5 {
                let pass = try await store.claim(claim)
                #expect(pass == ClaimResult())
                #expect(try await store.fireTimers(limit: 5).isEmpty)
            }
            #expect(store.statistics.commits == commits)
            #expect(store.statistics.operations == 11)
        }
    }

    @Test("a commit that fails answers nobody, and a full disk is not the end")
    func fullDisk() async throws {
        let failing = Mutex(false)
        var options = SQLiteStore.Options()
        options.beforeCommit = { [gate] in
            gate.pass()
            if failing.withLock({ $0 }) { throw SQLiteFailure(code: 13, message: "full") }
        }
        try await Stores.withStore(in: folder, time: time, options: options) { store in
            failing.withLock { $0 = true }
            let outcomes = try await gathered(store, count: 10) { submission in
                let fault = await #expect(throws: StoreFault.self) {
                    _ = try await store.submit(submission, audit: nil)
                }
                return fault?.kind
            }
            #expect(outcomes.allSatisfy { $0 == .unavailable })
            #expect(try await store.requests(RequestQuery(limit: 100)).isEmpty)
            failing.withLock { $0 = false }
            #expect(try await store.submit(StoreSamples.submission(), audit: nil).id == RequestID(1))
        }
    }

    @Test("after a failed fsync every call fails until the store is opened again")
    func failedSync() async throws {
        let failing = Mutex(false)
        var options = SQLiteStore.Options()
        // SQLITE_IOERR_FSYNC
        options.beforeCommit = { if failing.withLock({ $0 }) { throw SQLiteFailure(code: 1034, message: "disk") } }
        try await Stores.withStore(in: folder, time: time, options: options) { store in
            _ = try await store.submit(StoreSamples.submission(), audit: nil)
            failing.withLock { $0 = true }
            await #expect(throws: StoreFault.self) {
                _ = try await store.submit(StoreSamples.submission(), audit: nil)
            }
            failing.withLock { $0 = false }
            let writing = await #expect(throws: StoreFault.self) {
                _ = try await store.submit(StoreSamples.submission(), audit: nil)
            }
            #expect(writing?.kind == .unavailable)
            #expect(writing?.description.contains("restart") == true)
            let reading = await #expect(throws: StoreFault.self) { _ = try await store.request(RequestID(1)) }
            #expect(reading?.kind == .unavailable)
            // The directory stays taken: nobody else may write while this process believes it does.
            await #expect(throws: StoreFault.self) {
                _ = try await SQLiteStore.open(path: folder.database, time: time)
            }
        }
        try await withStore { store in
            let found = try await store.requests(RequestQuery(limit: 9))
            #expect(found.map(\.request.id) == [RequestID(1)])
        }
    }

    @Test("more commands than a call may hold are refused whole")
    func tooManyCommands() async throws {
        try await withStore { store in
            let id = try await store.submit(StoreSamples.submission(), audit: nil).id
            let command = RequestCommand(id, .hold)
            await #expect(throws: StoreFault.self) {
                _ = try await store.perform(Array(repeating: command, count: StoreLimits.commandsPerCall + 1))
            }
            #expect(try await store.request(id)?.request.state == .wait)
        }
    }

    @Test("the log is copied into the database before it grows without end")
    func checkpoints() async throws {
        try await withStore { store in
            var submission = StoreSamples.submission()
            submission.parameters = [Parameter(name: "p", value: String(repeating: "x", count: 32_000))]
            for _ in 0..<30 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<25 {
                        group.addTask { [submission] in _ = try await store.submit(submission, audit: nil) }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(store.statistics.checkpoints > 0)
            #expect(try await store.integrityProblems().isEmpty)
        }
    }

    // MARK: - Steps

    private func withStore(_ use: (SQLiteStore) async throws -> Void) async throws {
        var options = SQLiteStore.Options()
        options.beforeCommit = { [gate] in gate.pass() }
        try await Stores.withStore(in: folder, time: time, options: options, use)
    }

    private func gathered<Value: Sendable>(
        _ store: SQLiteStore,
        count: Int,
        _ call: @escaping @Sendable (Submission) async throws -> Value
    ) async throws -> [Value] {
        try await gate.gathered(store, count: count, waiting: { store.waitingWrites }, call)
    }
}
