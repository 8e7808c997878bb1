import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

/// How a node enters a cluster in which its name may be taken.
@Suite(.timeLimit(.minutes(1)))
struct EngineJoinTests {
    private let bench: EngineBench
    private let namesake: NodeRecord
    private static let lease: Duration = .seconds(2)

    init() async throws {
        bench = try EngineBench()
        let process = ProcessIdentity(pid: 4712, startTicks: 1, bootID: "a1b2")
        namesake = NodeRecord(id: StoreSamples.otherNode, name: bench.node.name, process: process)
        #expect(try await bench.memory.join(namesake, lease: Self.lease, over: nil) == .joined)
    }

    private func engine(_ reaper: NotedReaper = NotedReaper()) -> Engine {
        var values = EngineSettings.Values()
        values.lease = EngineBench.lease
        return bench.engine(values, ScriptedExecutor(), reaper)
    }

    private var isMember: Bool { bench.memory.snapshot.nodes[bench.node.id] != nil }

    private func pause() async throws {
        try await bench.time.untilSleeping(for: Membership.namesakePause)
        #expect(!isMember)
        bench.time.advance(by: Membership.namesakePause)
    }

    @Test("The lease of a namesake is waited for, to its end and no longer")
    func waits() async throws {
        let engine = engine()
        async let prepared: Void = engine.prepare()
        for _ in 0..<4 { try await pause() }
        try await prepared
        #expect(isMember)
        #expect(bench.log.lines.count { $0.contains("Waiting for the lease") } == 1)
    }

    @Test("A namesake that leaves meanwhile is waited for no longer")
    func leaves() async throws {
        let engine = engine()
        async let prepared: Void = engine.prepare()
        try await pause()
        try await bench.time.untilSleeping(for: Membership.namesakePause)
        try await bench.memory.leave(namesake.id)
        bench.time.advance(by: Membership.namesakePause)
        try await prepared
        #expect(isMember)
    }

    @Test("I58 A namesake whose process is known to be gone is succeeded at once, and its attempts are lost")
    func gone() async throws {
        try await bench.submit()
        let claim = Claim(node: namesake.id, processor: namesake.name, limit: 1, readyLimit: 0)
        let lost = try #require(try await bench.memory.claim(claim).started.first).request
        let identity = ProcessIdentity(pid: 4713, startTicks: 1, bootID: "a1b2")
        try await bench.perform(.processPrepared(identity), on: lost.id, epoch: lost.epoch)
        // Another leads: it could not kill on this machine.
        let leader = NodeID("00000000000000000000000000000003")
        try await bench.memory.enter(leader)
        _ = try await bench.memory.lead(.recovery, node: leader, lease: EngineBench.lease)
        let reaper = NotedReaper(store: bench.memory, gone: [namesake.process])
        bench.script.before { call in
            if call == .join, bench.script.calls.count(where: { $0 == .join }) == 2 {
                #expect(reaper.kills.pending.map(\.process) == [identity], "before the name is taken")
            }
        }
        try await engine(reaper).prepare()
        #expect(isMember)
        #expect(reaper.kills.pending.first?.state == .running)
        #expect(try bench.stored(lost.id).state == .running)
        try await bench.memory.leave(leader)
        try await bench.enter()
        _ = try await bench.recovery().runOnce()
        #expect(try bench.stored(lost.id).state == .error)
        #expect(try bench.stored(lost.id).message?.text.contains("node_restarted") == true)
    }

    @Test("A namesake that renews its lease is alive: this node does not start")
    func renews() async throws {
        let engine = engine()
        async let prepared: Void = engine.prepare()
        try await pause()
        try await bench.time.untilSleeping(for: Membership.namesakePause)
        #expect(try await bench.memory.renew(namesake.id, lease: Self.lease) == .active)
        bench.time.advance(by: Membership.namesakePause)
        do {
            try await prepared
            Issue.record("it started")
        } catch {
            #expect(error as? NodeNameTaken == NodeNameTaken(holder: namesake))
        }
        #expect(!isMember)
    }

    @Test("So is another that takes the name meanwhile")
    func overtaken() async throws {
        let id = NodeID("00000000000000000000000000000003")
        let third = NodeRecord(id: id, name: namesake.name, process: namesake.process)
        let engine = engine()
        async let prepared: Void = engine.prepare()
        try await pause()
        try await bench.time.untilSleeping(for: Membership.namesakePause)
        try await bench.memory.leave(namesake.id)
        #expect(try await bench.memory.join(third, lease: .milliseconds(600), over: nil) == .joined)
        bench.time.advance(by: Membership.namesakePause)
        do {
            try await prepared
            Issue.record("it started")
        } catch {
            #expect(error as? NodeNameTaken == NodeNameTaken(holder: third))
        }
    }
}
