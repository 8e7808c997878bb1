/// What a job says of itself through its handle (REST §5.9, §5.10).
///
/// The caller has proved that the handle belongs to the request: an epoch that is not the newest one is an
/// invocation that is over.
extension RequestMachine {
    static func report(
        _ next: inout Transitioner,
        _ status: ReportStatus,
        text: String?,
        handle: AttemptEpoch
    ) -> Verdict {
        let request = next.request
        if repeatsAccepted(status, request, handle: handle) { return .unchanged }
        guard handle == request.epoch, request.handleStatus != .dead else {
            return next.refuseLate(kind(of: status))
        }
        let mayReport =
            request.awaitsAsynchronousAnswer || request.isSuspended
            || (request.isInitiating && request.isAsynchronous != false)
        let event = kind(of: status)
        guard mayReport, isLegal(event, request) else { return refusal(event, request, status.rawValue) }
        if status.isFinal(cancelling: request.state == .cancelling) {
            next.accept(status, of: handle)
            applyFinalReport(&next, status, text: text, event: event)
        } else {
            applyInterimReport(&next, status, text: text, event: event)
        }
        return next.verdict
    }

    static func checkIn(_ next: inout Transitioner, handle: AttemptEpoch) -> Verdict {
        let request = next.request
        guard handle == request.epoch, request.handleStatus != .dead else { return next.refuseLate(.checkIn) }
        guard request.handleStatus == .live, isLegal(.checkIn, request) else {
            return .refused(SchedulerError(1052, request.id.description))
        }
        next.checkIn()
        return next.verdict
    }

    /// A final report ends the attempt, in CANCELLING the request.
    static func applyFinalReport(
        _ next: inout Transitioner,
        _ status: ReportStatus,
        text: String?,
        event: RequestEventKind
    ) {
        next.request.phase = .executeAsyncReceived
        next.request.isAsynchronous = true
        let isCancelling = next.request.state == .cancelling
        switch status {
        case .success, .warning:
            if status == .warning { next.note(text) }
            conclude(&next, event, warning: status == .warning)
        case .error:
            next.note(text ?? "The job reported an error without a text.")
            next.request.executableState = .error
            next.fail(event, cause: .processSystemError)
        case .businessError:
            next.note(text ?? "The job reported a business error without a text.")
            next.request.executableState = .error
            next.finish(event, .error, cause: .processBusinessError, errorType: .business)
        case .cancel:
            next.request.executableState = .cancelled
            next.finish(event, .cancelled, cause: .processCancel)
        case .pause, .suspend, .update:
            if isCancelling { next.finish(event, .cancelled, cause: .operatorCancel) }
        }
    }

    /// The executable succeeded or warned: COMPLETED and on, or CANCELLED where that was asked for.
    static func conclude(_ next: inout Transitioner, _ event: RequestEventKind, warning: Bool) {
        next.request.executableState = warning ? .warning : .succeeded
        guard next.request.state != .cancelling else {
            // A report ends the cancel by itself; an executable ends because it was told to, whyever that was.
            let cause = event.isFromAPI ? .operatorCancel : next.request.cancelCause
            return next.finish(event, .cancelled, cause: cause)
        }
        next.move(event, to: .completed)
        if next.request.policy.hasPostProcess { awaitPostProcessing(&next, after: event) } else { succeed(&next) }
    }

    private static func applyInterimReport(
        _ next: inout Transitioner,
        _ status: ReportStatus,
        text: String?,
        event: RequestEventKind
    ) {
        switch status {
        case .pause:
            pause(&next, event, state: text)
        case .suspend:
            next.move(event, to: .paused)
            suspendExecution(&next)
        default:
            next.checkIn()
            if next.request.state == .paused {
                next.move(event, to: .running)
                next.request.runningSince = next.now
                next.beginWait(externalID: nil)
            } else if next.request.isInitiating {
                next.beginWait(externalID: nil)
            }
        }
    }

    /// PAUSE for sub-requests: the invocation is over, another one follows when they are; at once if none lives.
    static func pause(_ next: inout Transitioner, _ event: RequestEventKind, state: String?) {
        guard next.request.pausedCount < Limits.pausesPerAttempt else {
            next.note("The job paused more than \(Limits.pausesPerAttempt) times in one attempt.")
            // The pause itself leads to PAUSED only; this is an error of the attempt.
            let failure: RequestEventKind = event == .reportPause ? .reportError : .executableSystemError
            return next.fail(failure, cause: .processSystemError)
        }
        next.move(event, to: .paused)
        next.leaveExecution()
        next.request.handleStatus = .closed
        next.request.pausedCount += 1
        next.request.pausedState = state?.bounded(toBytes: Limits.pausedStateBytes)
        next.request.phase = next.hasLiveChildren ? .executePausedWaitForSubreq : .executePaused
        // Also of one that is empty: the next resume tells of this round, and of no earlier one.
        next.request.kinship.round += 1
    }

    private static func suspendExecution(_ next: inout Transitioner) {
        next.leaveExecution()
        next.request.handleStatus = .live
        next.request.isAsynchronous = true
        next.request.phase = .executePaused
    }

    /// The same final report again, or PAUSE and SUSPEND while still PAUSED by it: 200 without effect.
    private static func repeatsAccepted(
        _ status: ReportStatus,
        _ request: JobRequest,
        handle: AttemptEpoch
    ) -> Bool {
        if request.acceptedReports.contains(AcceptedReport(epoch: handle, status: status)) { return true }
        guard handle == request.epoch, request.state == .paused else { return false }
        return switch status {
        case .suspend: request.isSuspended
        case .pause: request.handleStatus == .closed
        default: false
        }
    }

    private static func kind(of status: ReportStatus) -> RequestEventKind {
        switch status {
        case .success: .reportSuccess
        case .warning: .reportWarning
        case .error: .reportError
        case .businessError: .reportBusinessError
        case .cancel: .reportCancel
        case .pause: .reportPause
        case .suspend: .reportSuspend
        case .update: .reportUpdate
        }
    }
}
