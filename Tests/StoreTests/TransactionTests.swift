import SchedulerCore
import SchedulerTesting
import StoreSQLite
import StoreTesting
import Testing

/// The primitives below the rules: what they refuse even where the rules would ask for it.
@Suite("SQLite transactions", .timeLimit(.minutes(1)))
struct TransactionTests {
    private let folder: TemporaryFolder
    private let time = ManualTime()

    init() throws { folder = try TemporaryFolder() }

    @Test("architecture §5.1: a write made for another state or attempt changes nothing")
    func guards() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            let test = Stores.test(store, time)
            let waiting = try await test.submit()
            let running = try await test.start(waiting.id)
            var other = running
            other.epoch = AttemptEpoch(99)
            var none = running
            none.epoch = nil
            // The attempt is right, but the request has gone on.
            var former = running
            former.state = .cancelling
            // Neither state nor attempt say that somebody has checked in meanwhile.
            var earlier = running
            earlier.revision -= 1
            for stale in [waiting, other, none, former, earlier] {
                var after = stale
                after.message = OutcomeMessage(text: "stale", time: time.now())
                await #expect(throws: SchedulerError(1051, waiting.id.description)) {
                    try await store.transact { [after] in try $0.update(stale, to: after, steps: []) }
                }
            }
            #expect(try await test.stored(waiting.id) == running)

            var after = running
            after.message = OutcomeMessage(text: "fresh", time: time.now())
            try await store.transact { [after] in try $0.update(running, to: after, steps: []) }
            #expect(try await test.stored(waiting.id) == after)
        }
    }

    @Test("I1: no state is stored to which the table has no cell, or that comes without its steps")
    func legality() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            let test = Stores.test(store, time)
            let waiting = try await test.submit()
            func step(_ event: RequestEventKind, _ from: RequestState, _ to: RequestState) -> TransitionStep {
                TransitionStep(event: event, from: from, to: to, time: time.now(), attempt: 1)
            }
            let illegal: [(RequestState, [TransitionStep])] = [
                (.succeeded, [step(.executableReturned, .wait, .succeeded)]),
                (.succeeded, []),
                (.running, [step(.start, .ready, .running)]),
                (.hold, [step(.hold, .wait, .hold), step(.release, .hold, .wait)]),
            ]
            for (state, steps) in illegal {
                var after = waiting
                after.state = state
                await #expect(throws: StoreFault.self) {
                    try await store.transact { [after] in try $0.update(waiting, to: after, steps: steps) }
                }
            }
            #expect(try await test.stored(waiting.id) == waiting)
            #expect(try await store.history(of: waiting.id).isEmpty)
        }
    }

    @Test("a changed policy is written with the request, its rank too")
    func policy() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            let test = Stores.test(store, time)
            let first = try await test.submit()
            let second = try await test.submit()
            var after = second
            after.policy.priority = 8
            after.policy.retries = 5
            try await store.transact { [after] in try $0.update(second, to: after, steps: []) }
            #expect(try await test.stored(second.id) == after)
            #expect(try await test.claim().started.map(\.request.id) == [second.id, first.id])
        }
    }

    @Test("what is delayed waits for the end of its delay and has the rank of its scheduled time then")
    func delays() async throws {
        let submission = StoreSamples.submission()
        let start = time.now()
        let delayed = [
            (number: Int64(1), offset: 1, delay: 10), (2, 3, nil), (3, 0, 20), (4, 2, nil), (5, 1, 20),
        ].map { (number, offset, delay) in
            var request = JobRequest(
                lineage: .root(.singleton, id: RequestID(number)),
                submission: submission,
                now: start + .seconds(offset)
            )
            request.notBefore = delay.map { start + .seconds($0) }
            return request
        }
        try await Stores.withStore(in: folder, time: time) { store in
            try await store.transact { transaction in
                for request in delayed { try transaction.insert(request, submission) }
            }
            var model = MemoryTransaction(content: MemoryContent(), now: start)
            for request in delayed { model.insert(request, submission) }
            let passes: [(seconds: Int, ids: [Int64], due: Int)] = [
                (0, [], 2), (2, [4], 2), (9, [4, 2], 2), (10, [1, 4, 2], 2), (20, [3, 1, 5, 4, 2], 2),
            ]
            for pass in passes {
                time.advance(by: start + .seconds(pass.seconds) - time.now())
                let found = try await store.transact { try $0.dispatchCandidates(limit: 9) }
                #expect(found.map(\.id.value) == pass.ids, "after \(pass.seconds) s")
                var later = MemoryTransaction(content: model.content, now: time.now())
                #expect(try later.dispatchCandidates(limit: 9) == found, "after \(pass.seconds) s")
                #expect(try await store.nextInstants().due == start + .seconds(pass.due))
            }
            for (id, due) in [(4, 3), (2, 10), (1, 20)] as [(Int64, Int)] {
                _ = try await store.perform([RequestCommand(RequestID(id), .hold)])
                #expect(try await store.nextInstants().due == start + .seconds(due))
            }
        }
    }

    @Test("what a failed operation read and named is forgotten with it")
    func undoneLabels() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            let ghostly = StoreSamples.submission("Ghost", submitter: "ghost")
            var broken = ghostly
            broken.policy.priority = 42
            let poison = broken
            await #expect(throws: StoreFault.self) { _ = try await store.submit(poison, audit: nil) }
            // Their labels would have had the keys that these get now.
            _ = try await store.submit(StoreSamples.submission("Real", submitter: "real"), audit: nil)
            let request = try await store.submit(ghostly, audit: nil)
            #expect(try await store.request(request.id)?.request == request)
            var query = RequestQuery(filter: .comparison(.submitter, .equal, .text("ghost")), limit: 9)
            #expect(try await store.requests(query).map(\.request.id) == [request.id])
            query.filter = .comparison(.submitter, .equal, .text("real"))
            #expect(try await store.requests(query).map(\.request.facts.definitionID.name) == ["Real"])
        }
    }

    @Test("an operation that refuses after it has written leaves nothing behind")
    func lateRefusal() async throws {
        try await Stores.withStore(in: folder, time: time) { store in
            let id = try await store.submit(StoreSamples.submission(), audit: nil).id
            let command = RequestCommand(id, .hold)
            await #expect(throws: SchedulerError(1051)) {
                _ = try await store.transact { transaction -> Bool in
                    _ = try CommandInterpreter.perform([command], context: DecisionContext(), in: &transaction)
                    throw SchedulerError(1051)
                }
            }
            #expect(try await store.request(id)?.request.state == .wait)
            #expect(try await store.history(of: id).isEmpty)
        }
    }
}
