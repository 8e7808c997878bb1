import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

struct CommandGatewayTests {
    private let bench: EngineBench

    init() throws { bench = try EngineBench() }

    @Test("A submitted request wakes dispatch, and the timers if it may expire")
    func submits() async throws {
        _ = try await bench.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
        #expect(await bench.signals.dispatch.takeSignal())
        #expect(await !bench.signals.timers.takeSignal())
        var expiring = StoreSamples.submission()
        expiring.policy.requestExpiration = .seconds(5)
        _ = try await bench.gateway.submissions.submit(expiring, audit: nil)
        #expect(await bench.signals.timers.takeSignal())
    }

    @Test("A request that is due long after wakes nobody: dispatch comes by before")
    func submitsForLater() async throws {
        #expect(SubmissionGateway.dispatchHorizon > .seconds(300), "the longest dispatcher.maxPollInterval")
        let due = bench.time.now() + SubmissionGateway.dispatchHorizon
        _ = try await bench.gateway.submissions.submit(StoreSamples.submission(start: due), audit: nil)
        #expect(await !bench.signals.dispatch.takeSignal())
        _ = try await bench.gateway.submissions.submit(StoreSamples.submission(start: due + .seconds(-1)), audit: nil)
        #expect(await bench.signals.dispatch.takeSignal())
    }

    @Test("A recurring request wakes dispatch for its first instance, and the timers if that may expire")
    func submitsRecurring() async throws {
        var recurring = try StoreSamples.recurring("FREQ=HOURLY")
        _ = try await bench.gateway.submissions.submit(recurring, audit: nil)
        #expect(await bench.signals.dispatch.takeSignal())
        #expect(await !bench.signals.timers.takeSignal())
        recurring.policy.requestExpiration = .seconds(5)
        recurring.requestedStart = bench.time.now() + SubmissionGateway.dispatchHorizon
        _ = try await bench.gateway.submissions.submit(recurring, audit: nil)
        #expect(await !bench.signals.dispatch.takeSignal())
        #expect(await bench.signals.timers.takeSignal())
    }

    @Test("A submission that was not stored wakes nobody")
    func submitFails() async throws {
        bench.store.fail(.beforeCommit)
        await #expect(throws: StoreFault.self) {
            _ = try await bench.gateway.submissions.submit(StoreSamples.submission(), audit: nil)
        }
        #expect(await !bench.signals.dispatch.takeSignal())
    }

    @Test("I23 An applied cancel stops its attempt; a second one, and one that is refused, do nothing")
    func cancels() async throws {
        var submission = StoreSamples.submission()
        submission.policy.cancelGrace = .seconds(3)
        let claimed = try await bench.launchOne(submission)
        let command = RequestCommand(claimed.request.id, .cancel)
        #expect(try await bench.gateway.perform(command).outcome == .applied)
        #expect(bench.demand(claimed) == StopDemand(reason: .cancel, grace: .seconds(3)))
        #expect(try await bench.gateway.perform(command).outcome == .unchanged)
        try await bench.perform(.attemptEndedByServer, on: claimed.request.id)
        guard case .refused = try await bench.gateway.perform(command).outcome else {
            Issue.record("a request that is over was cancelled")
            return
        }
    }

    @Test("A cancel whose answer was lost stops nothing here: the heartbeat finds it")
    func answerLost() async throws {
        let claimed = try await bench.launchOne()
        bench.store.fail(.afterCommit)
        await #expect(throws: StoreFault.self) {
            _ = try await bench.gateway.perform(RequestCommand(claimed.request.id, .cancel))
        }
        #expect(bench.demand(claimed) == nil)
        #expect(bench.states() == [.cancelling])
    }

    @Test("A request that becomes due again wakes dispatch; one that only ends wakes nobody")
    func wakes() async throws {
        let id = try await bench.submit()
        try await bench.perform(.hold, on: id)
        _ = try await bench.gateway.perform(RequestCommand(id, .release))
        #expect(await bench.signals.dispatch.takeSignal())
        _ = try await bench.gateway.perform(RequestCommand(id, .cancel))
        #expect(await !bench.signals.dispatch.takeSignal())
        #expect(await !bench.signals.timers.takeSignal())
    }

    @Test("A retry that will be due wakes the timers")
    func wakesTimers() async throws {
        var submission = StoreSamples.submission()
        submission.policy.retries = 1
        let claimed = try await bench.startOne(submission)
        let outcome = RequestEvent.executableEnded(.systemError("broken"))
        _ = try await bench.gateway.perform(
            RequestCommand(claimed.request.id, outcome, epoch: claimed.request.epoch)
        )
        #expect(await bench.signals.timers.takeSignal())
        #expect(await !bench.signals.dispatch.takeSignal())
    }
}
