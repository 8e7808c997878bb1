/// Start, course and end of attempts (runtime §2.1 system events, §8).
extension RequestMachine {
    static func dueWithoutSlot(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.dueWithoutSlot, next.request) else { return .dropped(.cannotArise) }
        guard next.request.state == .wait else { return .unchanged }
        becomeReady(&next)
        return next.verdict
    }

    static func start(
        _ next: inout Transitioner,
        epoch: AttemptEpoch,
        node: NodeID,
        processor: String,
        work: WorkGrant?
    ) -> Verdict {
        guard isLegal(.start, next.request), let due = next.request.dispatchTime, due <= next.now else {
            return .dropped(.cannotArise)
        }
        if next.request.firstStartTime == nil, let expiration = next.request.expiration, expiration <= next.now {
            return expire(&next)
        }
        if next.request.state == .wait { becomeReady(&next) }
        next.move(.start, to: .running)
        next.enter(work)
        let isCalledFirst = next.request.policy.hasPreProcess
        if isCalledFirst {
            next.enterExecution(epoch: epoch, node: node, processor: processor)
            next.request.phase = .preProcessStart
        } else if next.request.isJobSet {
            next.enterSteps(epoch: epoch, processor: processor)
        } else {
            next.enterExecution(epoch: epoch, node: node, processor: processor)
        }
        if next.request.lineage.type.isRecurringInstance { next.request.kinship.isActiveInstance = true }
        next.request.startTime = next.now
        if !isCalledFirst { next.request.firstStartTime = next.request.firstStartTime ?? next.now }
        next.request.isTimedOut = false
        return next.verdict
    }

    static func resume(
        _ next: inout Transitioner,
        epoch: AttemptEpoch,
        node: NodeID,
        processor: String,
        work: WorkGrant?
    ) -> Verdict {
        guard isLegal(.resume, next.request), next.request.isResumeQueued else { return .dropped(.cannotArise) }
        next.move(.resume, to: .running)
        next.enter(work)
        next.enterExecution(epoch: epoch, node: node, processor: processor)
        return next.verdict
    }

    static func expire(_ next: inout Transitioner) -> Verdict {
        next.finish(.expired, .expired, cause: .requestExpired)
        return next.verdict
    }

    static func userUnusable(_ next: inout Transitioner, cause: Cause, text: String) -> Verdict {
        guard isLegal(.userUnusable, next.request) else { return .dropped(.cannotArise) }
        next.note(text)
        next.finish(.userUnusable, .error, cause: cause, errorType: .system)
        return next.verdict
    }

    static func processPrepared(_ next: inout Transitioner, _ identity: ProcessIdentity) -> Verdict {
        // In CANCELLING the process is not let go: the attempt ends before it began.
        guard next.request.state == .running, next.request.owner != nil, !next.request.isInCallout else {
            return .dropped(.cannotArise)
        }
        next.request.process = identity
        next.request.isAsynchronous = false
        next.request.phase = .executeInitiateComplete
        return next.verdict
    }

    static func startAccepted(_ next: inout Transitioner, externalID: String?) -> Verdict {
        // A report that overtook this answer has begun or ended the wait already.
        guard isLegal(.asynchronousStartAccepted, next.request), next.request.isInitiating else {
            return .dropped(.cannotArise)
        }
        if next.request.stopReason == .timeout { failTimedOut(&next) } else { next.beginWait(externalID: externalID) }
        return next.verdict
    }

    static func executableEnded(_ next: inout Transitioner, _ outcome: ExecutableOutcome) -> Verdict {
        let isExecuting = next.request.state == .running || next.request.state == .cancelling
        guard isExecuting, next.request.owner != nil, !next.request.isInCallout else { return .dropped(.cannotArise) }
        if next.request.stopReason == .timeout {
            failTimedOut(&next)
            return next.verdict
        }
        next.request.phase = .executeFinalizeComplete
        if next.request.isAsynchronous == nil { next.request.isAsynchronous = false }
        apply(outcome, to: &next)
        return next.verdict
    }

    private static func apply(_ outcome: ExecutableOutcome, to next: inout Transitioner) {
        switch outcome {
        case .success:
            conclude(&next, .executableReturned, warning: false)
        case .warning(let text):
            next.note(text)
            conclude(&next, .executableReturned, warning: true)
        case .systemError(let cause, let text, let detail, let retryAfter):
            next.note(text, detail: detail)
            next.request.executableState = .error
            next.fail(.executableSystemError, cause: cause, retryAfter: retryAfter)
        case .businessError(let text):
            next.note(text)
            next.request.executableState = .error
            next.finish(.executableBusinessError, .error, cause: .processBusinessError, errorType: .business)
        case .cancelled(let text):
            next.note(text)
            next.request.executableState = .cancelled
            next.finish(.executableCancelled, .cancelled, cause: .processCancel)
        case .paused(let state):
            if next.request.state == .cancelling {
                next.finish(.executablePaused, .cancelled, cause: next.request.cancelCause)
            } else {
                pause(&next, .executablePaused, state: state)
            }
        case .manualRecovery(let text):
            next.note(text)
            if next.request.state == .cancelling {
                next.finish(
                    .executableWantsRecovery,
                    .error,
                    cause: .processManualRecoverError,
                    errorType: .system
                )
            } else {
                next.move(.executableWantsRecovery, to: .errorManualRecovery)
                next.leaveExecution()
            }
        }
    }

    static func attemptEndedByServer(_ next: inout Transitioner) -> Verdict {
        if next.request.stopReason == .timeout {
            failTimedOut(&next)
            return next.verdict
        }
        guard isLegal(.attemptEndedByServer, next.request) else { return .dropped(.cannotArise) }
        next.finish(.attemptEndedByServer, .cancelled, cause: next.request.cancelCause)
        next.request.handleStatus = .dead
        return next.verdict
    }

    static func nodeLost(_ next: inout Transitioner, reason: NodeLostReason) -> Verdict {
        // Waits and pauses need no node: nothing of them is lost.
        guard next.request.owner != nil else { return .dropped(.cannotArise) }
        switch next.request.state {
        case .completed:
            loseCallout(&next)
            return next.verdict
        case .running where next.request.stopReason == .timeout:
            failTimedOut(&next)
        case .cancelling:
            next.finish(.nodeLostExecuting, .cancelled, cause: next.request.cancelCause)
        case .running where next.request.policy.nodeLost == .manualRecovery:
            next.note("The node that ran the attempt was lost (\(reason.rawValue)); decide its outcome by hand.")
            next.move(.nodeLostExecuting, to: .errorManualRecovery)
            next.leaveExecution()
        case .running:
            next.note("The node that ran the attempt was lost (\(reason.rawValue)).")
            next.fail(.nodeLostExecuting, cause: .processSystemError)
        default:
            return .dropped(.cannotArise)
        }
        next.request.handleStatus = .dead
        return next.verdict
    }

    private static func becomeReady(_ next: inout Transitioner) {
        next.move(.dueWithoutSlot, to: .ready)
        next.request.readyTime = next.now
    }
}
