import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct HeartbeatLoopTests {
    private let bench: EngineBench
    private let own = StoreSamples.node

    init() async throws {
        bench = try EngineBench()
        try await bench.memory.join(bench.node, lease: EngineBench.lease)
    }

    private var leaseEnd: Timestamp? { bench.memory.snapshot.nodes[own]?.leaseEnd }

    @Test("The lease is renewed at a third of its life")
    func renews() async throws {
        bench.time.advance(by: .seconds(10))
        #expect(try await bench.heartbeat.runOnce() == .after(.seconds(10)))
        #expect(leaseEnd == bench.time.now() + EngineBench.lease)
        #expect(!bench.script.calls.contains(.join))
    }

    @Test("A node whose lease is over enters anew, and its attempts go on")
    func leaseLost() async throws {
        let claimed = try await bench.launchOne()
        bench.time.advance(by: EngineBench.lease)
        _ = try await bench.heartbeat.runOnce()
        #expect(bench.script.calls.contains(.join))
        #expect(leaseEnd == bench.time.now() + EngineBench.lease)
        #expect(bench.demand(claimed) == nil)
    }

    @Test("I58 A node whose attempt was taken while its lease was over ends the code of it")
    func takenOver() async throws {
        let taken = try await bench.launchOne()
        let kept = try await bench.launchOne()
        bench.time.advance(by: EngineBench.lease)
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
