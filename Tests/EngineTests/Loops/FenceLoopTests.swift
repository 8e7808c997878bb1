import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FenceLoopTests {
    private let bench: EngineBench
    private let longestPause: Duration = .seconds(5)

    init() async throws {
        bench = try EngineBench()
        try await bench.enter()
    }

    private var loop: FenceLoop { FenceLoop(membership: bench.membership, longestPause: longestPause) }

    @Test("The loop comes again when the fence would close, and often enough to hear of a new lease")
    func pause() async throws {
        #expect(try await loop.runOnce() == .after(longestPause))
        bench.time.advance(by: .seconds(12))
        #expect(try await loop.runOnce() == .after(.seconds(3)))
        bench.time.advance(by: .seconds(3))
        #expect(try await loop.runOnce() == .after(longestPause))
    }

    @Test("I58 At half a lease everything is told to end at once, also what was told more gently before; once")
    func closes() async throws {
        let running = try await bench.launchOne()
        let cancelled = try await bench.launchOne()
        bench.launcher.stop(try #require(cancelled.request.epoch), StopDemand(reason: .cancel, grace: .seconds(60)))
        bench.time.advance(by: EngineBench.lease / 2 - .milliseconds(1))
        _ = try await loop.runOnce()
        #expect(bench.demand(running) == nil)
        #expect(bench.demand(cancelled)?.reason == .cancel)
        bench.time.advance(by: .milliseconds(1))
        for _ in 0..<2 { _ = try await loop.runOnce() }
        for claimed in [running, cancelled] {
            #expect(bench.demand(claimed) == StopDemand(reason: .fenced, grace: .zero))
        }
        #expect(bench.membership.isFenced)
        #expect(bench.script.calls.isEmpty, "it asks nobody")
        #expect(bench.log.lines.count { $0.hasPrefix("error") && $0.contains("in time") } == 1)
    }

    @Test("I58 It closes while the store does not answer a renewal")
    func silentStore() async throws {
        let running = try await bench.launchOne()
        let asked = EventQueue<Void>()
        let released = EventQueue<Void>()
        bench.script.before { call in
            guard call == .renew else { return }
            asked.add(())
            try await released.next()
        }
        bench.time.advance(by: EngineBench.lease / 3)
        async let renewal = bench.heartbeat.runOnce()
        try await asked.next()
        bench.time.advance(by: EngineBench.lease / 6)
        _ = try await loop.runOnce()
        #expect(bench.demand(running)?.reason == .fenced)
        #expect(bench.membership.isFenced)
        released.add(())
        _ = try await renewal
        #expect(!bench.membership.isFenced, "the answer came in time after all")
        #expect(bench.demand(running)?.reason == .fenced)
    }
}
