/// What people and their programs ask for (runtime §3).
extension RequestMachine {
    static func cancel(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.cancel, next.request) else { return refusal(.cancel, next.request) }
        switch next.request.state {
        case .cancelling:
            return .unchanged
        case .running, .completed:
            next.beginCancelling(.cancel, cause: .operatorCancel)
            endExecution(&next)
        case .paused:
            cancelPaused(&next)
        case .scheduleEnded:
            cancelRecurringParent(&next)
        case .errorManualRecovery:
            next.finish(.cancel, .cancelled, cause: .recoverCancel)
        case .wait where next.endsWithLastChild, .hold where next.endsWithLastChild:
            cancelRecurringParent(&next)
        default:
            next.finish(.cancel, .cancelled, cause: .operatorCancel)
        }
        return next.verdict
    }

    /// A recurring parent whose children do not all end with it ends with the last of them (runtime §2.1 a).
    private static func cancelRecurringParent(_ next: inout Transitioner) {
        next.beginCancelling(.cancel, cause: .operatorCancel)
        if !next.hasLiveChildren { next.finish(.lastChildEnded, .cancelled, cause: .operatorCancel) }
    }

    /// Makes sure that an executing request that became CANCELLING ends: its code is stopped, its remote job told,
    /// or its last child ends it.
    static func endExecution(_ next: inout Transitioner) {
        if next.request.awaitsAsynchronousAnswer {
            next.scheduleCancelCall()
        } else if next.request.owner != nil {
            stopExecution(&next, .cancel)
        } else if !next.hasLiveChildren {
            // Between two calls of post-processing, or in a set between two steps, there is nothing to end.
            next.finish(.attemptEndedByServer, .cancelled, cause: next.request.cancelCause)
        }
    }

    static func stopExecution(_ next: inout Transitioner, _ reason: StopReason) {
        guard let epoch = next.request.epoch else { return }
        next.effect(.stopAttempt(epoch, reason, grace: next.request.policy.cancelGrace))
    }

    /// Suspended: the remote job lives and must answer. Paused for sub-requests: never resumed, ends with the last of
    /// them, at once if none lives.
    private static func cancelPaused(_ next: inout Transitioner) {
        let wasSuspended = next.request.isSuspended
        next.beginCancelling(.cancel, cause: .operatorCancel)
        guard !wasSuspended else {
            next.beginWait(externalID: nil)
            return
        }
        if next.request.facts.hasCancelCall, let epoch = next.request.epoch {
            next.effect(.callCancel(epoch))
        }
        if !next.hasLiveChildren { next.finish(.lastSubRequestEnded, .cancelled, cause: .operatorCancel) }
    }

    static func forceCancel(_ next: inout Transitioner, settings: Settings) -> Verdict {
        if let refusal = ForceCancelRule.refusal(
            next.request,
            now: next.now,
            forceCancelAfter: settings.forceCancelAfter
        ) {
            return .refused(refusal)
        }
        next.finish(.forceCancel, .cancelled, cause: .operatorCancel)
        next.request.handleStatus = .dead
        return next.verdict
    }

    static func hold(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.hold, next.request) else { return refusal(.hold, next.request) }
        next.move(.hold, to: .hold)
        next.request.readyTime = nil
        return next.verdict
    }

    static func release(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.release, next.request) else { return refusal(.release, next.request) }
        next.move(.release, to: .wait)
        return next.verdict
    }

    static func delete(_ next: inout Transitioner) -> Verdict {
        guard isLegal(.delete, next.request) else { return refusal(.delete, next.request) }
        guard next.request.lineage.parentID == nil else {
            return .refused(
                SchedulerError(1017, next.request.id.description, next.request.lineage.type.rawValue)
            )
        }
        next.request.deletedTime = next.now
        return next.verdict
    }

    static func changePriority(_ next: inout Transitioner, _ priority: Int) -> Verdict {
        guard isLegal(.changePriority, next.request) else { return refusal(.changePriority, next.request) }
        next.request.policy.priority = priority
        return next.verdict
    }

    static func recover(_ next: inout Transitioner, _ outcome: RecoveryOutcome) -> Verdict {
        let event: RequestEventKind =
            switch outcome {
            case .retry: .recoverRetry
            case .error: .recoverError
            case .cancelled: .recoverCancelled
            }
        // Whether the node of a RUNNING attempt is lost only the store knows: `CommandInterpreter` gives such a one
        // its own cell first.
        guard next.request.state == .errorManualRecovery else { return refusal(event, next.request) }
        switch outcome {
        case .retry:
            next.beginAttempt(event)
        case .error:
            // The executable asked for recovery if it ended by itself; otherwise the server lost the attempt.
            let cause: Cause =
                next.request.handleStatus == .dead ? .manualRecoverError : .processManualRecoverError
            next.finish(event, .error, cause: cause, errorType: .system)
        case .cancelled:
            next.finish(event, .cancelled, cause: .recoverCancel)
        }
        return next.verdict
    }

    static func complete(_ next: inout Transitioner, _ status: ReportStatus, text: String?) -> Verdict {
        let request = next.request
        guard request.canBeCompleted, status.isFinal(cancelling: false) else { return refusal(.complete, request) }
        applyFinalReport(&next, status, text: text, event: .complete)
        if next.request.state.isTerminal { next.request.cause = .processRecover }
        next.request.handleStatus = .dead
        return next.verdict
    }
}
