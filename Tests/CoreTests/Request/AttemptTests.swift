import SchedulerCore
import Testing

/// Start and end of attempts (runtime §1.3, §2.1, §8).
struct AttemptTests {
    struct Ending: Sendable, CustomTestStringConvertible {
        let outcome: ExecutableOutcome
        let shape: RequestShape
        let state: RequestState
        let cause: Cause
        var errorType: ErrorType?
        var executable: RequestState?
        var text: String?
        var testDescription: String { "\(outcome) in \(shape.rawValue)" }
    }

    static let endings: [Ending] = [
        Ending(
            outcome: .success,
            shape: .synchronous,
            state: .succeeded,
            cause: .processSuccess,
            executable: .succeeded
        ),
        Ending(
            outcome: .warning(text: "careful"),
            shape: .synchronous,
            state: .warning,
            cause: .processWarning,
            executable: .warning,
            text: "careful"
        ),
        Ending(
            outcome: .systemError("broken", cause: .processKilled),
            shape: .synchronous,
            state: .error,
            cause: .processKilled,
            errorType: .system,
            executable: .error,
            text: "broken"
        ),
        Ending(
            outcome: .businessError(text: "refused"),
            shape: .synchronous,
            state: .error,
            cause: .processBusinessError,
            errorType: .business,
            executable: .error,
            text: "refused"
        ),
        Ending(
            outcome: .cancelled(text: "gave up"),
            shape: .synchronous,
            state: .cancelled,
            cause: .processCancel,
            executable: .cancelled,
            text: "gave up"
        ),
        Ending(
            outcome: .success,
            shape: .cancellingSynchronous,
            state: .cancelled,
            cause: .operatorCancel,
            executable: .succeeded
        ),
        Ending(
            outcome: .warning(text: "careful"),
            shape: .cancellingSynchronous,
            state: .cancelled,
            cause: .operatorCancel,
            executable: .warning,
            text: "careful"
        ),
        Ending(
            outcome: .systemError("broken"),
            shape: .cancellingSynchronous,
            state: .error,
            cause: .processSystemError,
            errorType: .system,
            executable: .error,
            text: "broken"
        ),
        Ending(
            outcome: .businessError(text: nil),
            shape: .cancellingSynchronous,
            state: .error,
            cause: .processBusinessError,
            errorType: .business,
            executable: .error
        ),
        Ending(
            outcome: .cancelled(text: nil),
            shape: .cancellingSynchronous,
            state: .cancelled,
            cause: .processCancel,
            executable: .cancelled
        ),
        Ending(
            outcome: .paused(state: "half"),
            shape: .cancellingSynchronous,
            state: .cancelled,
            cause: .operatorCancel
        ),
        Ending(
            outcome: .manualRecovery(text: "look"),
            shape: .cancellingSynchronous,
            state: .error,
            cause: .processManualRecoverError,
            errorType: .system,
            text: "look"
        ),
    ]

    @Test("I60: every outcome of an executable gives its state, cause and error type", arguments: endings)
    func ending(_ ending: Ending) throws {
        let request = ending.shape.request { if ending.shape == .synchronous { $0.policy.retries = 0 } }
        let after = try RequestMachine.change(.executableEnded(ending.outcome), request).request
        #expect(after.state == ending.state)
        #expect(after.cause == ending.cause)
        #expect(after.errorType == ending.errorType)
        #expect(after.executableState == ending.executable)
        #expect(after.message?.text == ending.text)
        #expect(after.handleStatus == .closed && after.owner == nil && after.process == nil)
        #expect(after.elapsedMilliseconds == 1_800_000 && after.endTime == RequestShape.now)
    }

    @Test("PAUSED and ERROR_MANUAL_RECOVERY hold no thread; a message without text is none")
    func others() throws {
        let paused = try RequestMachine.change(
            .executableEnded(.paused(state: "half")),
            RequestShape.synchronous.request()
        ).request
        #expect(paused.isResumeQueued && paused.pausedState == "half" && paused.owner == nil)
        let lost = try RequestMachine.change(
            .executableEnded(.manualRecovery(text: "")),
            RequestShape.synchronous.request()
        ).request
        #expect(lost.state == .errorManualRecovery && lost.owner == nil && lost.message == nil)
        #expect(lost.handleStatus == .closed)
    }

    @Test("Messages are bounded in bytes")
    func messagesAreBounded() throws {
        let long = String(repeating: "x", count: Limits.messageBytes + 1)
        let outcome = ExecutableOutcome.systemError(
            cause: .processSystemError,
            text: long,
            detail: long,
            retryAfter: nil
        )
        let after = try RequestMachine.change(.executableEnded(outcome), RequestShape.synchronous.request()).request
        #expect(after.message?.text.utf8.count == Limits.messageBytes)
        #expect(after.message?.detail?.utf8.count == Limits.messageBytes)
    }

    @Test("A start passes READY, takes epoch and owner, and its handle lives")
    func start() throws {
        let request = RequestShape.wait.request {
            $0.executableState = .error
            $0.externalID = "old"
        }
        let event = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "node one")
        let decision = try RequestMachine.change(event, request)
        let after = decision.request
        #expect(decision.steps.map(\.to) == [.ready, .running] && after.previousState == .ready)
        #expect(after.epoch == AttemptEpoch(50) && after.owner == RequestShape.node && after.processor == "node one")
        #expect(after.phase == .executeInitiate && after.handleStatus == .live)
        #expect(after.readyTime == RequestShape.now && after.startTime == RequestShape.now)
        #expect(after.firstStartTime == RequestShape.now && after.runningSince == RequestShape.now)
        #expect(after.executableState == nil && after.externalID == nil && after.process == nil)
        let ready = RequestShape.ready.request { $0.readyTime = RequestShape.begun }
        let fromReady = try RequestMachine.change(event, ready)
        #expect(fromReady.steps.map(\.to) == [.running] && fromReady.request.readyTime == RequestShape.begun)
    }

    @Test("A deleted request does not start")
    func deleted() {
        let event = RequestEvent.start(epoch: AttemptEpoch(50), node: RequestShape.node, processor: "a")
        let request = RequestShape.wait.request { $0.deletedTime = RequestShape.begun }
        #expect(RequestMachine.decide(event, for: request) == .dropped(.cannotArise))
    }

    @Test("A prepared process is recorded before it is let go, not in CANCELLING")
    func prepared() throws {
        let event = RequestEvent.processPrepared(RequestShape.identity)
        let after = try RequestMachine.change(event, RequestShape.initiating.request()).request
        #expect(after.process == RequestShape.identity && after.isAsynchronous == false)
        #expect(after.phase == .executeInitiateComplete)
        let cancelling = RequestMachine.decide(event, for: RequestShape.cancellingInitiating.request())
        #expect(cancelling == .dropped(.cannotArise))
    }

    @Test("A lost node costs a SYSTEM error, asks for a person, or ends the cancel; waits and pauses lose nothing")
    func nodeLost() throws {
        for shape in [RequestShape.synchronous, .initiating] {
            let retried = try RequestMachine.change(.nodeLost(reason: .leaseExpired), shape.request()).request
            #expect(retried.state == .errorAutoRetry && retried.handleStatus == .dead && retried.owner == nil)
            let last = shape.request { $0.policy.retries = 0 }
            let failed = try RequestMachine.change(.nodeLost(reason: .nodeRestarted), last).request
            #expect(failed.state == .error && failed.errorType == .system && failed.cause == .processSystemError)
            #expect(failed.message?.text.contains("node_restarted") == true)
            let byHand = shape.request { $0.policy.nodeLost = .manualRecovery }
            let recovery = try RequestMachine.change(.nodeLost(reason: .forced), byHand).request
            #expect(recovery.state == .errorManualRecovery && recovery.handleStatus == .dead)
        }
        for shape in [RequestShape.cancellingSynchronous, .cancellingInitiating] {
            let ended = try RequestMachine.change(.nodeLost(reason: .nodeStopped), shape.request()).request
            #expect(ended.state == .cancelled && ended.cause == .operatorCancel && ended.handleStatus == .dead)
        }
        for shape in [RequestShape.waiting, .cancellingWaiting, .suspended, .resumeQueued] {
            let verdict = RequestMachine.decide(.nodeLost(reason: .leaseExpired), for: shape.request())
            #expect(verdict == .dropped(.cannotArise), "\(shape)")
        }
    }

    @Test("I21: an attempt that the server ended has a dead handle")
    func endedByServer() throws {
        for shape in [RequestShape.cancellingSynchronous, .cancellingInitiating, .cancellingWaiting] {
            let ended = try RequestMachine.change(.attemptEndedByServer, shape.request()).request
            #expect(ended.handleStatus == .dead && ended.cause == .operatorCancel, "\(shape)")
        }
    }

    @Test("A submitter or run-as user who may not run it costs the request its start")
    func userUnusable() throws {
        let event = RequestEvent.userUnusable(.requestAuthorizationFailed, text: "anna may not run it")
        let after = try RequestMachine.change(event, RequestShape.ready.request()).request
        #expect(after.state == .error && after.cause == .requestAuthorizationFailed && after.errorType == .system)
        #expect(after.message?.text == "anna may not run it")
    }
}
