import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct HeartbeatLoopTests {
    private let bench: EngineBench
    private let own = StoreSamples.node

    init() async throws {
        bench = try EngineBench()
        #expect(try await bench.membership.join() == .joined)
    }

    private var leaseEnd: Timestamp? { bench.memory.snapshot.nodes[own]?.leaseEnd }

    @Test("The lease is renewed at a third of its life")
    func renews() async throws {
        bench.time.advance(by: .seconds(10))
        #expect(try await bench.heartbeat.runOnce() == .after(.seconds(10)))
        #expect(leaseEnd == bench.time.now() + EngineBench.lease)
        #expect(bench.script.calls.count { $0 == .join } == 1)
        #expect(await !bench.returns.takeSignal())
    }

    @Test("I58 A node whose lease was lost ends everything at once, whatever it was told, enters anew, and goes on")
    func leaseLost() async throws {
        let claimed = try await bench.launchOne()
        let cancelled = try await bench.launchOne()
        bench.launcher.stop(try #require(cancelled.request.epoch), StopDemand(reason: .cancel, grace: .seconds(60)))
        bench.time.advance(by: EngineBench.lease)
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.script.calls.count { $0 == .join } == 2)
        #expect(leaseEnd == bench.time.now() + EngineBench.lease)
        for attempt in [claimed, cancelled] {
            #expect(bench.demand(attempt) == StopDemand(reason: .fenced, grace: .zero))
        }
        #expect(!bench.membership.isFenced)
        #expect(bench.membership.lossCount == 1)
        #expect(await bench.returns.takeSignal())
        #expect(bench.log.lines.count { $0.hasPrefix("error") && $0.contains("lease was lost") } == 1)
    }

    @Test("I58 While the name is taken the node runs nothing; when it is free again the node enters")
    func nameTaken() async throws {
        let claimed = try await bench.launchOne()
        bench.time.advance(by: EngineBench.lease)
        let process = ProcessIdentity(pid: 4712, startTicks: 1, bootID: "a1b2")
        let other = NodeRecord(id: StoreSamples.otherNode, name: bench.node.name, process: process)
        #expect(try await bench.memory.join(other, lease: EngineBench.lease, over: nil) == .joined)
        for _ in 0..<2 {
            #expect(try await bench.heartbeat.runOnce() == .after(EngineBench.lease / 3))
            #expect(bench.membership.isFenced)
        }
        #expect(bench.demand(claimed)?.reason == .fenced)
        #expect(await !bench.returns.takeSignal())
        #expect(bench.log.lines.contains { $0.hasPrefix("error") && $0.contains("4712") })
        try await bench.memory.leave(other.id)
        _ = try await bench.heartbeat.runOnce()
        #expect(!bench.membership.isFenced)
        #expect(await bench.returns.takeSignal())
    }

    @Test("A renewal that was granted, but told when half a lease had gone, opens nothing; the next one does")
    func lateAnswer() async throws {
        let claimed = try await bench.launchOne()
        bench.script.after { call in if call == .renew { bench.time.advance(by: EngineBench.lease / 2) } }
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.membership.isFenced)
        #expect(await !bench.returns.takeSignal())
        #expect(bench.membership.checkFence() == nil)
        #expect(bench.demand(claimed)?.reason == .fenced)
        bench.script.after { _ in }
        _ = try await bench.heartbeat.runOnce()
        #expect(!bench.membership.isFenced)
        #expect(bench.membership.lossCount == 0)
        #expect(await bench.returns.takeSignal())
    }

    @Test("A fence that closes while the renewal is under way, and opens with it, is a return")
    func closedMeanwhile() async throws {
        bench.time.advance(by: .seconds(14))
        bench.script.after { call in
            guard call == .renew else { return }
            bench.time.advance(by: .seconds(1))
            #expect(bench.membership.checkFence() == nil)
        }
        _ = try await bench.heartbeat.runOnce()
        #expect(!bench.membership.isFenced)
        #expect(await bench.returns.takeSignal())
    }

    @Test("A renewal that fails is tried again several times before the fence closes")
    func patience() {
        var spent = EngineBench.lease / 3
        var tries = 0
        var pause = LoopDriver.firstFailurePause
        while spent < EngineBench.lease / 2 {
            tries += 1
            spent += pause
            pause = min(pause * 2, bench.heartbeat.longestFailurePause)
        }
        #expect(tries >= 4)
    }

    @Test("I58 A node whose attempt was ended elsewhere ends the code of it")
    func takenOver() async throws {
        let taken = try await bench.launchOne()
        let kept = try await bench.launchOne()
        try await bench.perform(.nodeLost(reason: .leaseExpired), on: taken.request.id, epoch: taken.request.epoch)
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.demand(taken) == StopDemand(reason: .nodeStopping, grace: EngineBench.cancelGrace))
        #expect(bench.demand(kept) == nil)
    }

    @Test("I58 The same where another node runs the next attempt already")
    func takenAndStarted() async throws {
        var submission = StoreSamples.submission()
        submission.policy.retries = 1
        let old = try await bench.launchOne(submission)
        try await bench.perform(.nodeLost(reason: .forced), on: old.request.id, epoch: old.request.epoch)
        _ = try await bench.memory.fireTimers(limit: 1)
        let new = try #require(try await bench.start(on: StoreSamples.otherNode).first)
        #expect(new.request.id == old.request.id)
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.demand(old)?.reason == .nodeStopping)
    }

    @Test("I13 A cancel whose news was lost is carried out, with the request's own grace or the configured one")
    func lostCancel() async throws {
        var submission = StoreSamples.submission()
        submission.policy.cancelGrace = .seconds(3)
        let first = try await bench.launchOne(submission)
        let second = try await bench.launchOne()
        let untouched = try await bench.launchOne()
        try await bench.perform(.cancel, on: first.request.id)
        try await bench.perform(.cancel, on: second.request.id)
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.demand(first) == StopDemand(reason: .cancel, grace: .seconds(3)))
        #expect(bench.demand(second) == StopDemand(reason: .cancel, grace: EngineBench.cancelGrace))
        #expect(bench.demand(untouched) == nil)
    }

    @Test("A timeout whose news was lost is carried out")
    func lostTimeout() async throws {
        var submission = StoreSamples.submission()
        submission.policy.requestTimeout = .seconds(5)
        submission.policy.timeoutAction = .fail
        let claimed = try await bench.launchOne(submission)
        bench.time.advance(by: .seconds(5))
        _ = try await bench.memory.fireTimers(limit: 1)
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.demand(claimed)?.reason == .timeout)
    }

    @Test("I13 A cancel is found beyond the first page of the node's attempts")
    func manyAttempts() async throws {
        for _ in 0...StoreLimits.commandsPerCall { try await bench.submit() }
        let last = try #require(try await bench.start(limit: StoreLimits.commandsPerCall + 1).last)
        bench.launcher.launch(last)
        try await bench.perform(.cancel, on: last.request.id)
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.demand(last)?.reason == .cancel)
    }

    @Test("The code of a start that a report has ended is told to end; one that the job overtook by an update is not")
    func overtaken() async throws {
        let ended = try await bench.launchOne(StoreSamples.asynchronous())
        let waits = try await bench.launchOne(StoreSamples.asynchronous())
        for (claimed, status) in [(ended, ReportStatus.success), (waits, .update)] {
            let epoch = try #require(claimed.request.epoch)
            try await bench.perform(.report(status, text: nil, handle: epoch), on: claimed.request.id)
        }
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.demand(ended)?.reason == .nodeStopping)
        #expect(bench.demand(waits) == nil)
    }

    @Test("A store that cannot be asked is reported, and no attempt is ended for that", arguments: [true, false])
    func failingStore(failsRenewal: Bool) async throws {
        let claimed = try await bench.launchOne()
        bench.script.before { call in
            if (call == .renew) == failsRenewal { throw StoreFault("away", kind: .unavailable) }
        }
        await #expect(throws: StoreFault.self) { _ = try await bench.heartbeat.runOnce() }
        #expect(bench.demand(claimed) == nil)
    }
}
