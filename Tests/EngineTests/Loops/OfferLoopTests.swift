import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Synchronization
import Testing

@Suite("Offer loop")
struct OfferLoopTests {
    /// Settings that a test changes.
    private final class Held: Sendable {
        let offer = Mutex(NodeOffer(threads: 3))
    }

    private static func told(_ bench: EngineBench) async throws -> NodeOffer? {
        try await bench.memory.nodes().first?.start?.offer
    }

    @Test("It tells what has changed, once; a fenced node tells nothing")
    func tells() async throws {
        let bench = try EngineBench()
        let held = Held()
        let loop = OfferLoop(store: bench.store, membership: bench.membership) { held.offer.withLock { $0 } }
        #expect(try await loop.runOnce() == .after(OfferLoop.pause))
        #expect(try await bench.memory.nodes().isEmpty)
        try await bench.enter()
        _ = try await loop.runOnce()
        #expect(try await Self.told(bench) == NodeOffer(threads: 3))
        held.offer.withLock { $0.threads = 5 }
        _ = try await loop.runOnce()
        #expect(try await Self.told(bench)?.threads == 5)
        try await bench.memory.publish(NodeOffer(threads: 1), of: bench.node.id)
        _ = try await loop.runOnce()
        #expect(try await Self.told(bench)?.threads == 1, "what was told is not told again")
    }
}
