import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import ServiceLifecycleTestKit
import Testing

/// Start and end of a whole engine.
@Suite(.timeLimit(.minutes(1)))
struct EngineShutdownTests {
    private static let shutdownGrace: Duration = .seconds(11)
    /// Grace of an ending attempt and what its kill may take.
    private static let lastWait: Duration = EngineBench.cancelGrace + .seconds(5)

    private let bench: EngineBench
    private let executor = ScriptedExecutor()
    private let reaper: NotedReaper
    private let engine: Engine

    init() throws {
        bench = try EngineBench()
        reaper = NotedReaper(store: bench.memory, gone: [StoreSamples.record(StoreSamples.otherNode).process])
        var values = EngineSettings.Values()
        values.threads = 2
        values.cancelGrace = EngineBench.cancelGrace
        values.shutdownGrace = Self.shutdownGrace
        values.lease = EngineBench.lease
        engine = bench.engine(values, executor, reaper)
    }

    private var leaves: Int { bench.script.calls.count { $0 == .leave } }

    /// Runs the engine; the body has to shut it down.
    private func run(_ body: @Sendable (GracefulShutdownTestTrigger) async throws -> Void) async throws {
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let engine = engine
                group.addTask { try await engine.run() }
                do {
                    try await body(trigger)
                } catch {
                    group.cancelAll()
                    throw error
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("Before anything starts the node is a member and its predecessor's attempts have ended, processes first")
    func prepare() async throws {
        let identity = ProcessIdentity(pid: 4712, startTicks: 99, bootID: "a1b2")
        let lost = try await bench.startOne(on: StoreSamples.otherNode).request
        try await bench.perform(.processPrepared(identity), on: lost.id, epoch: lost.epoch)
        let fresh = try await bench.submit()
        try await bench.expire(StoreSamples.otherNode)
        try await engine.prepare()
        #expect(bench.memory.snapshot.nodes[bench.node.id]?.leaseEnd == bench.time.now() + EngineBench.lease)
        #expect(reaper.kills.pending.map(\.process) == [identity])
        #expect(try bench.stored(lost.id).state == .error)
        #expect(try bench.stored(fresh).state == .wait)
    }

    @Test("One row that cannot be recovered does not keep the node from starting")
    func prepareWithPoison() async throws {
        for _ in 0..<2 { _ = try await bench.startOne(on: StoreSamples.otherNode) }
        try await bench.expire(StoreSamples.otherNode)
        bench.script.before { call in
            guard case .perform(let commands) = call, commands.contains(where: { $0.requestID.value == 1 }) else {
                return
            }
            throw StoreFault("row 1 is broken")
        }
        try await engine.prepare()
        #expect(bench.states() == [.running, .error])
        #expect(bench.log.lines.contains { $0.hasPrefix("error") && $0.contains("row 1 is broken") })
    }

    @Test("A node that cannot enter the cluster does not start")
    func cannotJoin() async throws {
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) { try await engine.prepare() }
    }

    @Test("A submitted request is run at once, without waiting for a pause to end")
    func runs() async throws {
        try await engine.prepare()
        try await run { trigger in
            let request = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            let invocation = try await executor.begun.next()
            #expect(invocation.request.id == request.id)
            executor.finish(try #require(invocation.request.epoch), .ended(.success))
            trigger.triggerGracefulShutdown()
        }
        #expect(bench.states() == [.succeeded])
        #expect(leaves == 1)
        #expect(bench.memory.snapshot.nodes.isEmpty)
    }

    @Test("I58 A node that cannot renew its lease ends everything; when it can again it starts anew, by itself")
    func fenced() async throws {
        try await engine.prepare()
        try await run { trigger in
            let request = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            _ = try await executor.begun.next()
            // Heartbeat and recovery.
            try await bench.time.untilSleeping(for: EngineBench.lease / 3, count: 2)
            bench.script.before { call in
                if call == .renew { throw StoreFault("away", kind: .unavailable) }
            }
            bench.time.advance(by: EngineBench.lease / 3)
            try await bench.time.untilSleeping(for: LoopDriver.firstFailurePause)
            // The fence loop.
            try await bench.time.untilSleeping(for: EngineBench.lease / 6)
            bench.time.advance(by: EngineBench.lease / 6)
            #expect(try await executor.stopped.next() == StopDemand(reason: .fenced, grace: .zero))
            try await bench.time.untilSleeping(for: LoopDriver.firstFailurePause * 2)
            bench.script.before { _ in }
            _ = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            bench.time.advance(by: LoopDriver.firstFailurePause * 2)
            let invocation = try await executor.begun.next()
            #expect(invocation.request.id != request.id)
            executor.finish(try #require(invocation.request.epoch), .ended(.success))
            trigger.triggerGracefulShutdown()
        }
        #expect(bench.states() == [.error, .succeeded])
    }

    @Test("In a shutdown nothing starts any more; what runs may end by itself; only then the node leaves")
    func endsByItself() async throws {
        try await engine.prepare()
        try await run { trigger in
            _ = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            let invocation = try await executor.begun.next()
            trigger.triggerGracefulShutdown()
            try await bench.time.untilSleeping(for: Self.shutdownGrace)
            _ = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            #expect(leaves == 0)
            #expect(invocation.control.stopDemand == nil)
            executor.finish(try #require(invocation.request.epoch), .ended(.success))
        }
        #expect(bench.states() == [.succeeded, .wait])
        #expect(bench.script.calls.last == .leave)
        #expect(executor.begun.pending.isEmpty)
    }

    @Test("During the grace the node still renews its lease and carries out cancels")
    func stillAlive() async throws {
        try await engine.prepare()
        try await run { trigger in
            let request = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            _ = try await executor.begun.next()
            trigger.triggerGracefulShutdown()
            try await bench.time.untilSleeping(for: Self.shutdownGrace)
            // Its news is lost: the heartbeat finds it.
            try await bench.perform(.cancel, on: request.id)
            try await bench.time.untilSleeping(for: EngineBench.lease / 3)
            bench.time.advance(by: EngineBench.lease / 3)
            #expect(try await executor.stopped.next().reason == .cancel)
        }
        #expect(bench.states() == [.cancelled])
        #expect(bench.script.calls.contains(.renew))
    }

    @Test("What outlives the grace is told to end and ends as stopped with its node")
    func outlivesGrace() async throws {
        try await engine.prepare()
        try await run { trigger in
            _ = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            let invocation = try await executor.begun.next()
            trigger.triggerGracefulShutdown()
            try await bench.time.untilSleeping(for: Self.shutdownGrace)
            #expect(invocation.control.stopDemand == nil)
            bench.time.advance(by: Self.shutdownGrace)
            let demand = try await executor.stopped.next()
            #expect(demand == StopDemand(reason: .nodeStopping, grace: EngineBench.cancelGrace))
        }
        #expect(bench.states() == [.error])
        #expect(bench.memory.snapshot.requests.values.first?.message?.text.contains("node_stopped") == true)
        #expect(bench.script.calls.last == .leave)
    }

    @Test("What does not even end when told to is cancelled in the end, and the node leaves")
    func ignoresDemand() async throws {
        executor.endsWhenTold = false
        try await engine.prepare()
        try await run { trigger in
            _ = try await engine.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
            _ = try await executor.begun.next()
            trigger.triggerGracefulShutdown()
            try await bench.time.untilSleeping(for: Self.shutdownGrace)
            bench.time.advance(by: Self.shutdownGrace)
            try await bench.time.untilSleeping(for: Self.lastWait)
            #expect(leaves == 0)
            bench.time.advance(by: Self.lastWait)
        }
        #expect(bench.states() == [.error])
        #expect(leaves == 1)
    }

    @Test("A claim that is under way when the shutdown begins is waited for, and what it brings runs")
    func claimUnderWay() async throws {
        try await engine.prepare()
        let claiming = EventQueue<Void>()
        let released = EventQueue<Void>()
        bench.script.before { call in
            guard case .claim(let claim) = call, claim.limit > 0 else { return }
            claiming.add(())
            try await released.next()
        }
        try await run { trigger in
            try await bench.submit()
            try await claiming.next()
            trigger.triggerGracefulShutdown()
            bench.script.before { _ in }
            released.add(())
            let invocation = try await executor.begun.next()
            #expect(invocation.control.stopDemand == nil)
            executor.finish(try #require(invocation.request.epoch), .ended(.success))
        }
        #expect(bench.states() == [.succeeded])
    }
}
