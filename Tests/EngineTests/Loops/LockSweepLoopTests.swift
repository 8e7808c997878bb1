import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct LockSweepLoopTests {
    private let bench: EngineBench
    private let loop: LockSweepLoop

    init() async throws {
        bench = try EngineBench()
        try await bench.enter()
        loop = LockSweepLoop(gateway: bench.gateway, membership: bench.membership, wake: bench.signals.locks)
    }

    private func id(_ kind: MetadataKind, _ name: String) -> MetadataObjectID {
        MetadataObjectID(kind: kind, package: "/acme/ops", name: name)
    }

    /// A shift of two minutes that everything runs under.
    private func putInForce(beginning: Timestamp) {
        let contents: [MetadataContent] = [
            .schedule(StoredSchedule(id: id(.schedule, "Once"), inclusions: [beginning])),
            .workshift(
                Workshift(id: id(.workshift, "S"), schedule: id(.schedule, "Once"), duration: 2, allocation: 5)
            ),
            .workAssignment(
                WorkAssignment(
                    id: id(.workAssignment, "A"),
                    workshifts: [id(.workshift, "S")],
                    bindings: [WorkBinding(node: WorkBinding.everyNode)]
                )
            ),
        ]
        bench.memory.change(catalogue: Catalogue(contents.map { MetadataObject($0, origin: .directory) }))
    }

    @Test("I53 The next sweep comes when a shift begins or ends, and after a minute at the latest")
    func boundaries() async throws {
        #expect(try await loop.runOnce() == .after(LockSweepLoop.pause))
        putInForce(beginning: bench.time.now() + .seconds(40))
        #expect(try await loop.runOnce() == .after(.seconds(40)))
        bench.time.advance(by: .seconds(40))
        try await bench.enter()
        #expect(try await loop.runOnce() == .after(LockSweepLoop.pause))
        bench.time.advance(by: .seconds(119))
        try await bench.enter()
        #expect(try await loop.runOnce() == .after(.seconds(1)))
        bench.time.advance(by: .seconds(1))
        #expect(try await loop.runOnce() == .after(LockSweepLoop.pause))
    }
}
