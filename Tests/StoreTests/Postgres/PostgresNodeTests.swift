import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreTesting
import Testing

/// Two stores over one schema: what two nodes do to each other.
@Suite("PostgreSQL nodes", .timeLimit(.minutes(2)))
struct PostgresNodeTests {
    private let time = ManualTime()

    @Test("I57: claims of two nodes start each request once")
    func claims() async throws {
        try await withNodes { first, second in
            let count: Int64 = 120
            for _ in 0..<count { try await first.submit() }
            let started = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for number in 0..<30 {
                    let (node, id) =
                        number % 2 == 0 ? (first, StoreSamples.node) : (second, StoreSamples.otherNode)
                    group.addTask { try await node.claim(5, node: id).started.map(\.request.id.value) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            // Rows that the other has locked are passed over, so a pass may take fewer than it might.
            let rest = try await first.claim(1000).started.map(\.request.id.value)
            #expect((started + rest).sorted() == Array(1...count))
            #expect(Set(started).count > Int(count) / 2)
        }
    }

    @Test("I19: of forceCancels, reports and check-ins of two nodes one ends the request")
    func forceCancels() async throws {
        try await withNodes { first, second in
            for _ in 0..<10 {
                let waiting = try await first.startWaiting()
                let epoch = try #require(waiting.epoch)
                try await first.perform(.cancel, on: waiting.id)
                time.advance(by: .seconds(1800))
                let ended = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<16 {
                        let node = number % 2 == 0 ? first : second
                        let event: RequestEvent =
                            number % 4 < 2 ? .forceCancel : .report(.success, text: nil, handle: epoch)
                        group.addTask {
                            let results = try await node.store.perform([RequestCommand(waiting.id, event)])
                            return results.filter { $0.outcome == .applied }.count
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(ended == 1)
                #expect(try await second.stored(waiting.id).state == .cancelled)
                // Calls that came too late are noted behind the end.
                let steps = try await first.store.history(of: waiting.id)
                #expect(steps.filter { $0.to == .cancelled && $0.refusal == nil }.count == 1)
            }
        }
    }

    @Test("commands of two nodes on the same requests in any order neither deadlock nor get lost")
    func crossing() async throws {
        try await withNodes { first, second in
            let count: Int64 = 20
            for _ in 0..<count { try await first.submit() }
            let ids = (1...count).map { RequestID($0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for round in 0..<30 {
                    let node = round % 2 == 0 ? first : second
                    let order = round % 3 == 0 ? ids : ids.reversed()
                    group.addTask {
                        for event in [RequestEvent.hold, .release] {
                            _ = try await node.store.perform(order.map { RequestCommand($0, event) })
                        }
                    }
                }
                try await group.waitForAll()
            }
            for id in ids {
                let steps = try await first.store.history(of: id)
                // Each found what the one before had left.
                #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.to == $1.from })
                #expect(try await first.stored(id).state == steps.last?.to)
            }
        }
    }

    @Test("ESS-01050: of exclusive submissions at two nodes one is taken")
    func exclusive() async throws {
        try await withNodes { first, second in
            for round in 0..<5 {
                var submission = StoreSamples.submission("Single\(round)")
                submission.policy.allowMultiplePending = false
                let taken = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<12 {
                        let node = number % 2 == 0 ? first : second
                        group.addTask { [submission] in
                            do {
                                _ = try await node.store.submit(submission, audit: nil)
                                return 1
                            } catch let error as SchedulerError {
                                #expect(error.code == 1050)
                                return 0
                            }
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(taken == 1)
            }
        }
    }

    @Test("numbers, epochs and labels of two nodes are shared")
    func shared() async throws {
        try await withNodes { first, second in
            let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 0..<100 {
                    let node = number % 2 == 0 ? first : second
                    // Each name is new, and both nodes want it at once.
                    let submission = StoreSamples.submission("Job\(number / 2)", submitter: "user\(number / 4)")
                    group.addTask { try await node.submit(submission).id.value }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids == Set(1...100))
            for id in 1...100 {
                let requests = try await (first.stored(RequestID(Int64(id))), second.stored(RequestID(Int64(id))))
                #expect(requests.0 == requests.1)
            }
            let mine = try await first.claim(50).started.compactMap(\.request.epoch?.value)
            let others = try await second.claim(50, node: StoreSamples.otherNode).started
                .compactMap(\.request.epoch?.value)
            #expect(mine + others == Array(1...100))
        }
    }

    @Test("runtime §8: a second living node of a name is refused, until the lease of the first is over")
    func namesakes() async throws {
        try await withNodes { first, second in
            let record = StoreSamples.record(StoreSamples.node)
            let namesake = NodeRecord(id: StoreSamples.otherNode, name: record.name, process: record.process)
            #expect(try await first.store.join(record, lease: .seconds(30), over: nil) == .joined)
            let until = time.now() + .seconds(30)
            let refused = try await second.store.join(namesake, lease: .seconds(30), over: nil)
            #expect(refused == .nameTaken(by: record, until: until))
            // It may renew and join again itself.
            #expect(try await first.store.join(record, lease: .seconds(30), over: nil) == .joined)
            time.advance(by: .seconds(30))
            #expect(try await second.store.join(namesake, lease: .seconds(30), over: nil) == .joined)
            #expect(try await first.store.renew(record.id, lease: .seconds(30)) == .none)
            #expect(try await second.store.renew(namesake.id, lease: .seconds(30)) == .active)
        }
    }

    @Test("of two namesakes that join at once one gets in")
    func joinRace() async throws {
        try await withNodes { first, second in
            let process = StoreSamples.record(StoreSamples.node).process
            let joined = await withTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    let node = number % 2 == 0 ? first : second
                    group.addTask {
                        let record = NodeRecord(id: NodeID("n\(number)"), name: "same", process: process)
                        let outcome = try? await node.store.join(record, lease: .seconds(30), over: nil)
                        return outcome == .joined ? 1 : 0
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(joined == 1)
        }
    }

    @Test("I59: a node that comes later does not see time go back")
    func timeGoesOn() async throws {
        try await withNodes { first, second in
            let before = try await first.submit().submissionTime
            time.jumpWallClock(by: .seconds(-3600))
            #expect(try await second.submit().submissionTime == before)
            #expect(try await second.store.now() == before)
        }
    }

    private func withNodes(_ use: (StoreUnderTest, StoreUnderTest) async throws -> Void) async throws {
        let schema = try PrivatePostgres.shared().schema()
        try await Stores.withPostgres(in: schema, time: time) { first in
            try await Stores.withPostgres(in: schema, time: time) { second in
                try await use(Stores.test(first, time), Stores.test(second, time))
            }
        }
    }
}
