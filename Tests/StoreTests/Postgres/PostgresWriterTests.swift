import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreSupport
import StoreTesting
import Testing

/// Writers and their batches.
@Suite("PostgreSQL writer", .timeLimit(.minutes(2)))
struct PostgresWriterTests {
    /// Holds up the one writer, so that calls gather behind it.
    private let gate = CommitGate()

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
            #expect(Set(outcomes.compactMap { Int64($0) }).count == 19)
            #expect(try await store.requests(RequestQuery(limit: 100)).count == 20)
            #expect(store.statistics.undone == 2)
        }
    }

    @Test("a refusal in a batch undoes nothing, and each operation sees those before it")
    func refusal() async throws {
        try await withStore { store in
            let taken = try await gathered(store, count: 20) { submission -> Int in
                var submission = submission
                submission.policy.allowMultiplePending = false
                submission.facts = StoreSamples.submission("Single").facts
                do {
                    _ = try await store.submit(submission, audit: nil)
                    return 1
                } catch let error as SchedulerError {
                    #expect(error.code == 1050)
                    return 0
                }
            }
            #expect(taken.reduce(0, +) == 1)
            #expect(store.statistics.commits == 2)
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
                #expect(try await store.perform([RequestCommand(RequestID(1), .cancel)]).count == 1)
            }
            #expect(store.statistics.commits == commits)
            #expect(store.statistics.operations == 16)
        }
    }

    @Test("architecture §5.1: a write made for another state or attempt changes nothing")
    func guards() async throws {
        let time = ManualTime()
        try await Stores.withPostgres(time: time) { store in
            let test = Stores.test(store, time)
            let waiting = try await test.submit()
            let running = try await test.start(waiting.id)
            var other = running
            other.epoch = AttemptEpoch(99)
            var former = running
            former.state = .cancelling
            // Neither state nor attempt say that somebody has checked in meanwhile.
            var earlier = running
            earlier.revision -= 1
            for stale in [waiting, other, former, earlier] {
                await #expect(throws: SchedulerError(1051, waiting.id.description)) {
                    try await store.transact { try $0.update(stale, to: stale, steps: []) }
                }
            }
            #expect(try await test.stored(waiting.id) == running)
        }
    }

    @Test("I57: the database itself refuses a write whose row has gone on, and the batch leaves nothing")
    func databaseGuard() async throws {
        try await withStore { store in
            let first = try await store.submit(StoreSamples.submission(), audit: nil)
            let second = try await store.submit(StoreSamples.submission(), audit: nil)
            // As if the lock of the row had been lost between the decision and the write.
            for loss in ["epoch = 99", "state = 6", "revision = revision + 1"] {
                await #expect(throws: SchedulerError(1051, "2")) {
                    try await store.transact { transaction in
                        for request in [first, second] {
                            let command = RequestCommand(request.id, .hold)
                            _ = try CommandInterpreter.perform([command], context: .init(), in: &transaction)
                        }
                        try transaction.execute("UPDATE request_course SET \(loss) WHERE id = 2")
                    }
                }
                #expect(try await store.request(first.id)?.request == first)
                #expect(try await store.request(second.id)?.request == second)
                #expect(try await store.history(of: first.id).isEmpty)
            }
        }
    }

    @Test("I1: no state is stored to which the table has no cell")
    func legality() async throws {
        try await withStore { store in
            let waiting = try await store.submit(StoreSamples.submission(), audit: nil)
            var after = waiting
            after.state = .succeeded
            await #expect(throws: StoreFault.self) {
                try await store.transact { [after] in try $0.update(waiting, to: after, steps: []) }
            }
            #expect(try await store.request(waiting.id)?.request == waiting)
        }
    }

    @Test("several changes of a request in one transaction are one guarded write")
    func collapsed() async throws {
        try await withStore { store in
            let id = try await store.submit(StoreSamples.submission(), audit: nil).id
            let commits = store.statistics.commits
            let commands = (0..<100).flatMap { _ in [RequestCommand(id, .hold), RequestCommand(id, .release)] }
            let results = try await store.perform(commands)
            #expect(results.allSatisfy { $0.outcome == .applied })
            #expect(store.statistics.commits == commits + 1)
            #expect(try await store.history(of: id).count == 200)
            #expect(try await store.request(id)?.request == results.last?.request)
        }
    }

    @Test("requests made, changed and claimed in one transaction come out right")
    func everythingAtOnce() async throws {
        try await withStore { store in
            try await store.enter()
            let claim = Claim(node: StoreSamples.node, processor: "node", limit: 2, readyLimit: 9)
            let result = try await store.transact { transaction -> ClaimResult in
                for priority in [1, 2, 3, 4] {
                    let submission = StoreSamples.submission(priority: priority)
                    _ = try CommandInterpreter.submit(submission, audit: .system("submit"), in: &transaction)
                }
                let hold = RequestCommand(RequestID(4), .hold)
                _ = try CommandInterpreter.perform([hold], context: .init(), in: &transaction)
                return try CommandInterpreter.claim(claim, context: .init(), in: &transaction)
            }
            #expect(result.started.map(\.request.id.value) == [3, 2])
            #expect(result.becameReady == 1)
            let states = try await store.requests(RequestQuery(limit: 9)).map(\.request.state)
            #expect(states == [.ready, .running, .running, .hold])
            #expect(try await store.auditTrail(targetKind: "Request", targetID: "1").count == 1)
        }
    }

    // MARK: - Steps

    private func withStore(_ use: (PostgresStore) async throws -> Void) async throws {
        var options = PostgresStore.Options()
        options.writers = 1
        options.beforeCommit = { [gate] in gate.pass() }
        try await Stores.withPostgres(options: options, use)
    }

    private func gathered<Value: Sendable>(
        _ store: PostgresStore,
        count: Int,
        _ call: @escaping @Sendable (Submission) async throws -> Value
    ) async throws -> [Value] {
        try await gate.gathered(store, count: count, waiting: { store.waitingWrites }, call)
    }
}
