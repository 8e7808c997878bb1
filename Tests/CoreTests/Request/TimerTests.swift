import SchedulerCore
import Testing

/// Timeouts and expiration (runtime §4).
struct TimerTests {
    private static let timeout: Duration = .seconds(3600)
    /// End of a timeout that began with the shapes' execution.
    private static let end = RequestShape.begun + timeout

    private static func request(_ shape: RequestShape, _ action: ExecutionPolicy.TimeoutAction) -> JobRequest {
        shape.request {
            $0.policy.requestTimeout = timeout
            $0.policy.timeoutAction = action
            $0.policy.cancelGrace = .seconds(5)
        }
    }

    @Test("A wait that outlives its timeout is marked and nothing else")
    func mark() throws {
        let request = Self.request(.waiting, .mark)
        #expect(request.nextTimer?.time == Self.end)
        let early = RequestMachine.decide(.timer, for: request, at: Self.end + .milliseconds(-1))
        #expect(early == .dropped(.cannotArise))
        let decision = try RequestMachine.change(.timer, request, at: Self.end)
        #expect(decision.request.isTimedOut && decision.request.state == .running && decision.steps.isEmpty)
        #expect(decision.request.handleStatus == .live && decision.request.nextTimer == nil)
        let report = RequestEvent.report(.success, text: nil, handle: RequestShape.epoch)
        #expect(try RequestMachine.change(report, decision.request, at: Self.end).request.state == .succeeded)
    }

    @Test("Timeout action cancel cancels, with its own cause unless a report or forceCancel ends it")
    func cancel() throws {
        let cancelling = try RequestMachine.change(.timer, Self.request(.waiting, .cancel), at: Self.end).request
        #expect(cancelling.state == .cancelling && cancelling.isTimedOut && cancelling.cancelInitiatedTime == Self.end)
        let ended = try RequestMachine.change(.attemptEndedByServer, cancelling, at: Self.end).request
        #expect(ended.cause == .processTimedOut)
        let report = RequestEvent.report(.success, text: nil, handle: RequestShape.epoch)
        #expect(try RequestMachine.change(report, cancelling, at: Self.end).request.cause == .operatorCancel)
        let forced = Self.end + RequestMachine.testSettings.forceCancelAfter
        #expect(try RequestMachine.change(.forceCancel, cancelling, at: forced).request.cause == .operatorCancel)
    }

    @Test("Timeout action fail ends a wait in ERROR, TIMEOUT, never retried, handle dead")
    func fail() throws {
        let failed = try RequestMachine.change(.timer, Self.request(.waiting, .fail), at: Self.end).request
        #expect(failed.state == .error && failed.errorType == .timeout && failed.cause == .processTimedOut)
        #expect(failed.handleStatus == .dead && failed.isTimedOut)
    }

    @Test("Code that a node runs has a timeout only where the action is set")
    func synchronousTimer() {
        #expect(Self.request(.synchronous, .mark).nextTimer == nil)
        for action in [ExecutionPolicy.TimeoutAction.cancel, .fail] {
            let request = Self.request(.synchronous, action)
            #expect(request.nextTimer?.kind == .timeout && request.nextTimer?.time == Self.end)
            // An asynchronous job's time begins with its wait.
            #expect(Self.request(.initiating, action).nextTimer == nil)
        }
    }

    @Test("Timeout action cancel stops running code; however it returns, the cause is the timeout")
    func synchronousCancel() throws {
        let decision = try RequestMachine.change(.timer, Self.request(.synchronous, .cancel), at: Self.end)
        #expect(decision.request.state == .cancelling)
        #expect(decision.effects == [.stopAttempt(RequestShape.epoch, .cancel, grace: .seconds(5))])
        for event in [
            RequestEvent.attemptEndedByServer, .executableEnded(.success), .executableEnded(.paused(state: nil)),
            .nodeLost(reason: .nodeStopped),
        ] {
            let ended = try RequestMachine.change(event, decision.request, at: Self.end).request
            #expect(ended.state == .cancelled && ended.cause == .processTimedOut, "\(event)")
        }
    }

    @Test("Timeout action fail stops running code; the request ends when that has ended, however it did")
    func synchronousFail() throws {
        let decision = try RequestMachine.change(.timer, Self.request(.synchronous, .fail), at: Self.end)
        let stopping = decision.request
        #expect(stopping.state == .running && stopping.isTimedOut && stopping.process == RequestShape.identity)
        #expect(stopping.stopReason == .timeout && stopping.nextTimer == nil)
        #expect(decision.effects == [.stopAttempt(RequestShape.epoch, .timeout, grace: .seconds(5))])
        let endings: [RequestEvent] = [
            .attemptEndedByServer, .nodeLost(reason: .nodeRestarted), .executableEnded(.success),
            .executableEnded(.systemError("killed")), .executableEnded(.paused(state: nil)),
            .executableEnded(.manualRecovery(text: nil)),
        ]
        for event in endings {
            let ended = try RequestMachine.change(event, stopping, at: Self.end).request
            #expect(ended.state == .error && ended.errorType == .timeout, "\(event)")
            #expect(ended.cause == .processTimedOut && ended.handleStatus == .dead, "\(event)")
        }
        let cancelled = try RequestMachine.change(.cancel, stopping, at: Self.end).request
        let ended = try RequestMachine.change(.attemptEndedByServer, cancelled, at: Self.end).request
        #expect(ended.state == .cancelled && ended.cause == .operatorCancel)
    }

    @Test("A Swift job that answers with a wait after its time is up fails all the same")
    func lateWait() throws {
        let request = RequestShape.initiating.request {
            $0.isAsynchronous = nil
            $0.policy.requestTimeout = Self.timeout
            $0.policy.timeoutAction = .fail
        }
        let stopping = try RequestMachine.change(.timer, request, at: Self.end).request
        let accepted = RequestEvent.asynchronousStartAccepted(externalID: nil)
        #expect(try RequestMachine.change(accepted, stopping, at: Self.end).request.errorType == .timeout)
    }

    @Test("Nothing times out in CANCELLING, PAUSED, READY or without a limit")
    func noTimeout() {
        for shape in [RequestShape.cancellingWaiting, .cancellingSynchronous, .suspended, .resumeQueued, .ready] {
            #expect(Self.request(shape, .fail).nextTimer == nil, "\(shape)")
        }
        #expect(RequestShape.waiting.request().nextTimer == nil)
    }

    @Test("The mark lasts until the next attempt, whose wait is timed anew")
    func nextAttempt() throws {
        let request = RequestShape.wait.request {
            $0.isTimedOut = true
            $0.policy.requestTimeout = Self.timeout
        }
        let start = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "a")
        let started = try RequestMachine.change(start, request).request
        #expect(!started.isTimedOut)
        let waiting = try RequestMachine.change(.asynchronousStartAccepted(externalID: nil), started).request
        #expect(waiting.nextTimer?.time == RequestShape.now + Self.timeout)
    }

    @Test("I29: a request that never started expires at its instant, also instead of a start")
    func expiration() throws {
        let limit = RequestShape.begun + .seconds(60)
        let start = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "a")
        for shape in [RequestShape.wait, .ready, .blocked] {
            let request = shape.request { $0.policy.requestExpiration = .seconds(60) }
            #expect(request.expiration == limit && request.nextTimer?.time == limit, "\(shape)")
            let early = RequestMachine.decide(.timer, for: request, at: limit + .milliseconds(-1))
            #expect(early == .dropped(.cannotArise), "\(shape)")
            let expired = try RequestMachine.change(.timer, request, at: limit).request
            #expect(expired.state == .expired && expired.cause == .requestExpired, "\(shape)")
            guard shape != .blocked else { continue }
            let inTime = try RequestMachine.change(start, request, at: limit + .milliseconds(-1)).request
            #expect(inTime.state == .running, "\(shape)")
            #expect(try RequestMachine.change(start, request, at: limit).request.state == .expired, "\(shape)")
        }
    }

    @Test("What started once, is held, or belongs to a recurring parent does not expire")
    func noExpiration() throws {
        let start = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "a")
        let started = RequestShape.wait.request {
            $0.policy.requestExpiration = .seconds(60)
            $0.firstStartTime = RequestShape.begun
        }
        #expect(started.nextTimer == nil)
        #expect(try RequestMachine.change(start, started).request.state == .running)
        let held = RequestShape.hold.request { $0.policy.requestExpiration = .seconds(60) }
        #expect(held.nextTimer == nil)
        let released = try RequestMachine.change(.release, held).request
        #expect(released.nextTimer?.kind == .expiration, "the test follows on return to WAIT")
        var submission = Submission(facts: RequestShape.facts())
        submission.policy.requestExpiration = .seconds(60)
        let lineage = Lineage.root(.recurParent, id: RequestID(9))
        let parent = JobRequest(lineage: lineage, submission: submission, now: RequestShape.submitted)
        #expect(parent.expiration == nil)
    }

    @Test("I28: nothing starts before it is due")
    func notBeforeDue() {
        let start = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "a")
        let request = RequestShape.wait.request { $0.scheduledTime = RequestShape.now + .milliseconds(1) }
        #expect(RequestMachine.decide(start, for: request) == .dropped(.cannotArise))
    }

    @Test("What is delayed beyond its time keeps its rank and is not taken before the delay ends")
    func delayed() throws {
        let end = RequestShape.now + .seconds(5)
        let start = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "a")
        let request = RequestShape.wait.request { $0.notBefore = end }
        #expect(request.dispatchTime == end && request.rank == RequestShape.wait.request().rank)
        #expect(RequestMachine.decide(start, for: request) == .dropped(.cannotArise))
        let started = try RequestMachine.change(start, request, at: end).request
        #expect(started.notBefore == nil)
        let over = RequestShape.wait.request { $0.notBefore = $0.scheduledTime + .seconds(-1) }
        #expect(over.dispatchTime == over.scheduledTime)
    }
}
