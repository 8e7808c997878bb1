import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct TimerLoopTests {
    private let bench: EngineBench

    init() throws { bench = try EngineBench() }

    private func expiring(after span: Duration, start: Timestamp? = nil) -> Submission {
        var submission = StoreSamples.submission(start: start)
        submission.policy.requestExpiration = span
        return submission
    }

    @Test("Without a timer the loop rests as long as it may")
    func nothing() async throws {
        try await bench.submit()
        #expect(try await bench.timers.runOnce() == .after(EngineBench.longestPause))
        #expect(bench.script.calls == [.nextInstants])
    }

    @Test("The loop fires what is due, nothing before its time, and comes again for the next")
    func fires() async throws {
        let first = try await bench.submit(expiring(after: .seconds(5)))
        let second = try await bench.submit(expiring(after: .seconds(8)))
        #expect(try await bench.timers.runOnce() == .after(.seconds(5)))
        bench.time.advance(by: .milliseconds(4999))
        #expect(try await bench.timers.runOnce() == .after(.milliseconds(1)))
        #expect(bench.states() == [.wait, .wait])
        bench.time.advance(by: .milliseconds(1))
        #expect(try await bench.timers.runOnce() == .now)
        #expect(try bench.stored(first).state == .expired)
        #expect(try bench.stored(second).state == .wait)
        #expect(try await bench.timers.runOnce() == .after(.seconds(3)))
        #expect(bench.script.calls.contains(.fireTimers(limit: TimerLoop.passLimit)))
    }

    @Test("A timer far away makes no longer pause than any other")
    func farAway() async throws {
        try await bench.submit(expiring(after: .seconds(3600)))
        #expect(try await bench.timers.runOnce() == .after(EngineBench.longestPause))
    }

    @Test("One pass fires a bounded number and comes again at once")
    func bounds() async throws {
        for _ in 0...TimerLoop.passLimit { try await bench.submit(expiring(after: .seconds(5))) }
        bench.time.advance(by: .seconds(5))
        #expect(try await bench.timers.runOnce() == .now)
        #expect(bench.states().count { $0 == .expired } == TimerLoop.passLimit)
        #expect(try await bench.timers.runOnce() == .now)
        #expect(bench.states().allSatisfy { $0 == .expired })
    }

    @Test("I27 A retry that is due wakes dispatch")
    func retry() async throws {
        var submission = StoreSamples.submission()
        submission.policy.retries = 1
        submission.policy.retryDelay = .seconds(5)
        let claimed = try await bench.startOne(submission)
        try await bench.perform(
            .executableEnded(.systemError("broken")),
            on: claimed.request.id,
            epoch: claimed.request.epoch
        )
        bench.time.advance(by: .seconds(5))
        #expect(try await bench.timers.runOnce() == .now)
        #expect(bench.states() == [.wait])
        #expect(await bench.signals.dispatch.takeSignal())
    }

    @Test("A timeout that ends the job tells its attempt at once, with the configured grace")
    func timeout() async throws {
        var submission = StoreSamples.submission()
        submission.policy.requestTimeout = .seconds(5)
        submission.policy.timeoutAction = .fail
        let claimed = try await bench.launchOne(submission)
        bench.time.advance(by: .seconds(5))
        #expect(try await bench.timers.runOnce() == .now)
        #expect(bench.demand(claimed) == StopDemand(reason: .timeout, grace: EngineBench.cancelGrace))
    }

    @Test("A cancel call that is due is made, and made again later")
    func cancelCall() async throws {
        let claimed = try await bench.startOne(StoreSamples.asynchronous())
        let id = claimed.request.id
        try await bench.perform(.asynchronousStartAccepted(externalID: nil), on: id, epoch: claimed.request.epoch)
        try await bench.perform(.cancel, on: id)
        #expect(try await bench.timers.runOnce() == .now)
        #expect(bench.launcher.takeCancelCalls().map(\.id) == [id])
        guard case .after(let pause) = try await bench.timers.runOnce() else {
            Issue.record("the next call is not due yet")
            return
        }
        #expect(pause == Limits.cancelCallFirstDelay)
    }

    @Test("A failing store is reported, and the next pass fires what this one could not")
    func failingStore() async throws {
        try await bench.submit(expiring(after: .seconds(5)))
        bench.time.advance(by: .seconds(5))
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) { _ = try await bench.timers.runOnce() }
        #expect(bench.states() == [.wait])
        #expect(try await bench.timers.runOnce() == .now)
        #expect(bench.states() == [.expired])
    }

    @Test("A due timer that does nothing does not keep the loop turning without a pause")
    func stuckTimer() async throws {
        try await bench.submit(expiring(after: .seconds(5)))
        bench.time.advance(by: .seconds(5))
        bench.script.answer { _ in .refused(SchedulerError(1, "no cell")) }
        guard case .after(let pause) = try await bench.timers.runOnce() else {
            Issue.record("the loop comes again at once")
            return
        }
        #expect(pause > .zero)
    }
}
