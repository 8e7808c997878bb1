import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// Random trees, purged at random moments of their lives.
@Suite("Purge of random trees", .timeLimit(.minutes(5)))
struct PurgePropertyTests {
    private static let steps = 700

    @Test(
        "I64 I25 Deletion and purge take terminal trees as a whole, in one moment",
        arguments: 1...30 as ClosedRange<UInt64>
    )
    func wholeTrees(_ seed: UInt64) async throws {
        let time = ManualTime()
        let store = MemoryStore(time: time)
        let test = Stores.test(store, time)
        var life = RandomLife(seed: seed)
        var random = SeededRandom(seed: seed)
        var deleted = 0
        var purged = 0
        for number in 0..<Self.steps {
            var step = life.next(time)
            if number % 10 == 9 {
                let order = PurgeOrder(retention: PurgeRetention(other: 0))
                step = .purge(order, limit: Int.random(in: 1...4, using: &random))
            }
            let before = store.snapshot.requests
            life.learn(try await step.run(on: test))
            let after = store.snapshot.requests
            for request in after.values where request.deletedTime != nil && before[request.id]?.deletedTime == nil {
                deleted += 1
                let tree = after.values.filter { $0.lineage.absParentID == request.lineage.absParentID }
                let comment: Comment = "seed \(seed), step \(number): \(step)"
                #expect(tree.contains { $0.lineage.parentID == nil }, comment)
                #expect(tree.allSatisfy { $0.deletedTime != nil }, comment)
                // A delete is not held up by children that a life has put below a parent against all rules.
                guard case .purge = step else { continue }
                purged += 1
                #expect(tree.allSatisfy { $0.deletedTime == request.deletedTime && $0.state.isTerminal }, comment)
            }
        }
        #expect(deleted > 20 && purged > 10)
    }

    @Test(
        "I64 Rows go with their tree: what is left of one that is too large has its root",
        arguments: 1...20 as ClosedRange<UInt64>
    )
    func rows(_ seed: UInt64) async throws {
        let time = ManualTime()
        let store = MemoryStore(time: time)
        let test = Stores.test(store, time)
        var life = RandomLife(seed: seed &+ 100)
        for _ in 0..<Self.steps { life.learn(try await life.next(time).run(on: test)) }
        try await test.purge(PurgeOrder(retention: PurgeRetention(other: 0)))
        let before = store.snapshot
        let limit = Int(seed % 4) + 1
        while true {
            let now = store.now()
            let ids = try await store.removableRequests(deletedUntil: now, limit: limit)
            guard !ids.isEmpty else { break }
            #expect(ids.count <= limit)
            let progress = try await store.removeRequests(ids, deletedUntil: now, clock: time)
            #expect(progress.count == ids.count)
            let after = store.snapshot
            for (id, request) in before.requests where after.requests[id] == nil {
                #expect(request.deletedTime != nil)
                #expect(after.history[id] == nil && after.plans[id] == nil && after.skips[id] == nil)
                let root = request.lineage.absParentID
                let rest = after.requests.values.filter { $0.lineage.absParentID == root }
                #expect(rest.isEmpty || after.requests[root] != nil, "seed \(seed), tree \(root)")
            }
        }
        for request in store.snapshot.requests.values {
            let isKept = store.snapshot.kept.contains(request.lineage.absParentID)
            #expect(request.deletedTime == nil || isKept)
        }
        #expect(store.snapshot.audit == before.audit)
    }
}
