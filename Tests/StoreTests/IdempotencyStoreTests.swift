import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreSQLite
import StoreTesting
import Synchronization
import Testing

/// What binds the record of a call to its effect, and what two nodes with one key do to each other.
@Suite("Calls under a key in stores", .timeLimit(.minutes(2)))
struct IdempotencyStoreTests {
    private let time = ManualTime()

    private static func call(_ key: String, body: UInt8 = 1) -> IdempotentCall {
        IdempotentCall(key: CallKey(caller: "anna", value: key), fingerprint: [body])
    }

    @Test("I8: a transaction that cannot be committed leaves neither request nor record, in SQLite")
    func sqliteAtomicity() async throws {
        let folder = try TemporaryFolder()
        let failing = Mutex(true)
        var options = SQLiteStore.Options()
        options.beforeCommit = { if failing.withLock({ $0 }) { throw StoreFault("no") } }
        try await Stores.withStore(in: folder, time: time, options: options) { store in
            try await expectAllOrNothing(store) { failing.withLock { $0 = false } }
        }
        try await Stores.withStore(in: folder, time: time) { store in
            let record = try await store.recordedCall(Self.call("k").key)
            #expect(record != nil)
        }
    }

    @Test("I8: a transaction that cannot be committed leaves neither request nor record, in PostgreSQL")
    func postgresAtomicity() async throws {
        let failing = Mutex(true)
        var options = PostgresStore.Options()
        options.beforeCommit = { if failing.withLock({ $0 }) { throw StoreFault("no") } }
        try await Stores.withPostgres(time: time, options: options) { store in
            try await expectAllOrNothing(store) { failing.withLock { $0 = false } }
        }
    }

    private func expectAllOrNothing(
        _ store: some RequestStore & IdempotencyStore,
        _ heal: () -> Void
    ) async throws {
        await #expect(throws: StoreFault.self) {
            try await store.submit(StoreSamples.submission(), audit: nil, call: Self.call("k"))
        }
        #expect(try await store.recordedCall(Self.call("k").key) == nil)
        #expect(try await store.requests(RequestQuery(limit: 9)).isEmpty)
        heal()
        let request = try await store.submit(StoreSamples.submission(), audit: nil, call: Self.call("k"))
        let record = try await store.recordedCall(Self.call("k").key)
        #expect(record?.answer == .request(AnsweredRequest(request)))
    }

    @Test("C12: of submits and commands of two nodes under one key one counts; the rest changes nothing")
    func race() async throws {
        let schema = try PrivatePostgres.shared().schema()
        try await Stores.withPostgres(in: schema, time: time) { first in
            try await Stores.withPostgres(in: schema, time: time) { second in
                let ids = [try await submit(first, nil), try await submit(first, nil)]
                var submits = 0
                var priorities: [RequestID: Int] = [:]
                for round in 0..<10 {
                    let call = Self.call("round\(round)")
                    let done = try await withThrowingTaskGroup(of: Won.self) { group in
                        for number in 0..<12 {
                            let store = number % 2 == 0 ? first : second
                            group.addTask {
                                do {
                                    if number < 6 {
                                        _ = try await submit(store, call)
                                    } else {
                                        let event = RequestEvent.changePriority(number - 4)
                                        let command = RequestCommand(ids[number % 2], event, call: call)
                                        _ = try await store.perform([command])
                                        return .command(number - 4)
                                    }
                                    return .submit
                                } catch let error as SchedulerError {
                                    #expect(error == SchedulerError(1054))
                                    return .nothing
                                }
                            }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }.filter { $0 != .nothing }
                    }
                    #expect(done.count == 1)
                    if done.first == .submit { submits += 1 }
                    if case .command(let number) = done.first { priorities[ids[number % 2]] = number }
                }
                let requests = try await second.requests(RequestQuery(limit: 100)).map(\.request)
                #expect(requests.count == ids.count + submits)
                for id in ids { #expect(requests.first { $0.id == id }?.priority == priorities[id] ?? 4) }
            }
        }
    }

    /// What a caller has done in a race.
    private enum Won: Equatable {
        case submit
        case command(Int)
        case nothing
    }

    private func submit(_ store: PostgresStore, _ call: IdempotentCall?) async throws -> RequestID {
        try await store.submit(StoreSamples.submission(), audit: nil, call: call).id
    }

    @Test("In a batch that is committed as one a key that is used costs no other call anything")
    func batch() async throws {
        let gate = CommitGate()
        let folder = try TemporaryFolder()
        var options = SQLiteStore.Options()
        options.beforeCommit = { [gate] in gate.pass() }
        try await Stores.withStore(in: folder, time: time, options: options) { store in
            let made = try await gate.gathered(store, count: 20, waiting: { store.waitingWrites }) { submission in
                let number = Int(submission.facts.description ?? "") ?? 0
                do {
                    _ = try await store.submit(submission, audit: nil, call: number % 4 == 0 ? Self.call("k") : nil)
                    return 1
                } catch let error as SchedulerError {
                    #expect(error == SchedulerError(1054))
                    return 0
                }
            }
            #expect(made.reduce(0, +) == 16)
        }
    }
}
