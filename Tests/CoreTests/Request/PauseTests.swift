import SchedulerCore
import Testing

/// PAUSE, SUSPEND, UPDATE and what resumes (runtime §2.1 g, §6; REST §5.9).
struct PauseTests {
    private static let epoch = RequestShape.epoch

    private func report(_ status: ReportStatus, _ request: JobRequest, text: String? = nil) throws -> JobRequest {
        try RequestMachine.change(.report(status, text: text, handle: Self.epoch), request).request
    }

    @Test("I50: PAUSE keeps the paused state, frees the thread, closes the handle and queues the resume")
    func pause() throws {
        let paused = try report(.pause, RequestShape.waiting.request(), text: "half way")
        #expect(paused.state == .paused && paused.phase == .executePaused)
        #expect(paused.pausedState == "half way" && paused.pausedCount == 1)
        #expect(paused.handleStatus == .closed && paused.owner == nil && paused.waitTime == nil)
        #expect(paused.isResumeQueued && !paused.isSuspended)
        #expect(paused.dispatchTime == paused.scheduledTime)
        #expect(paused.elapsedMilliseconds == 1_800_000 && paused.runningSince == nil)

        let next = AttemptEpoch(42)
        let later = RequestShape.now + .seconds(60)
        let resume = RequestEvent.resume(epoch: next, node: RequestShape.node, processor: "b")
        let resumed = try RequestMachine.change(resume, paused, at: later).request
        #expect(resumed.state == .running && resumed.epoch == next && resumed.handleStatus == .live)
        #expect(resumed.pausedState == "half way" && resumed.attempt == paused.attempt)
        #expect(resumed.processor == "b" && resumed.phase == .executeInitiate)
        #expect(resumed.firstStartTime == paused.firstStartTime && resumed.runningSince == later)
        // The former invocation's handle is over.
        let late = RequestMachine.decide(.report(.success, text: nil, handle: Self.epoch), for: resumed)
        #expect(late.code == 1052)
    }

    @Test("The time paused is no run time")
    func elapsed() throws {
        var request = try report(.pause, RequestShape.waiting.request())
        let resumedAt = RequestShape.now + .seconds(1000)
        let next = AttemptEpoch(42)
        request = try RequestMachine.change(
            .resume(epoch: next, node: RequestShape.node, processor: "a"),
            request,
            at: resumedAt
        ).request
        request = try RequestMachine.change(.executableEnded(.success), request, at: resumedAt + .seconds(2)).request
        #expect(request.elapsedMilliseconds == 1_802_000)
    }

    @Test("The paused state is bounded in bytes and cut between characters")
    func pausedStateIsBounded() throws {
        let long = String(repeating: "é", count: Limits.pausedStateBytes)
        let paused = try report(.pause, RequestShape.waiting.request(), text: long)
        #expect(paused.pausedState?.utf8.count == Limits.pausedStateBytes)
    }

    @Test("More pauses than an attempt may have end it in a SYSTEM error")
    func tooManyPauses() throws {
        for shape in [RequestShape.waiting, .suspended] {
            let request = shape.request {
                $0.pausedCount = Limits.pausesPerAttempt
                $0.policy.retries = 0
            }
            let ended = try report(.pause, request)
            #expect(ended.state == .error && ended.errorType == .system)
        }
        let last = RequestShape.waiting.request { $0.pausedCount = Limits.pausesPerAttempt - 1 }
        #expect(try report(.pause, last).state == .paused)
        let process = RequestShape.synchronous.request { $0.pausedCount = Limits.pausesPerAttempt }
        let retried = try RequestMachine.change(.executableEnded(.paused(state: nil)), process).request
        #expect(retried.state == .errorAutoRetry)
    }

    @Test("SUSPEND keeps the handle; UPDATE lets the request run and wait on")
    func suspend() throws {
        let suspended = try report(.suspend, RequestShape.waiting.request())
        #expect(suspended.isSuspended && !suspended.isResumeQueued && suspended.dispatchTime == nil)
        #expect(suspended.handleStatus == .live && suspended.pausedCount == 0 && suspended.nextTimer == nil)
        let updated = try report(.update, suspended)
        #expect(updated.state == .running && updated.awaitsAsynchronousAnswer)
        #expect(updated.epoch == Self.epoch && updated.waitTime == RequestShape.now)
        #expect(updated.lastCheckIn == RequestShape.now && updated.externalID == suspended.externalID)
    }

    @Test("Note g: SUSPEND repeated changes nothing, PAUSE after SUSPEND counts as PAUSE, SUSPEND after PAUSE is late")
    func repetition() throws {
        let suspended = try report(.suspend, RequestShape.waiting.request())
        let again = RequestEvent.report(.suspend, text: nil, handle: Self.epoch)
        #expect(RequestMachine.decide(again, for: suspended) == .unchanged)
        let paused = try report(.pause, suspended, text: "half")
        #expect(paused.isResumeQueued && paused.pausedCount == 1 && paused.pausedState == "half")
        let pauseAgain = RequestEvent.report(.pause, text: "other", handle: Self.epoch)
        #expect(RequestMachine.decide(pauseAgain, for: paused) == .unchanged)
        #expect(RequestMachine.decide(again, for: paused).code == 1022)
    }

    @Test("A new attempt forgets the pauses of the one before")
    func newAttempt() throws {
        let failed = RequestShape.errorAutoRetry.request {
            $0.pausedCount = 3
            $0.pausedState = "old"
        }
        let next = try RequestMachine.change(.timer, failed, at: RequestShape.now + .seconds(1)).request
        #expect(next.pausedCount == 0 && next.pausedState == nil)
    }

    @Test("A resume that is not queued does not happen")
    func resumeNeedsQueue() {
        let event = RequestEvent.resume(epoch: AttemptEpoch(42), node: RequestShape.node, processor: "a")
        #expect(RequestMachine.decide(event, for: RequestShape.suspended.request()) == .dropped(.cannotArise))
        let waitsForSubRequests = RequestShape.resumeQueued.request { $0.phase = .executePausedWaitForSubreq }
        #expect(RequestMachine.decide(event, for: waitsForSubRequests) == .dropped(.cannotArise))
    }
}
