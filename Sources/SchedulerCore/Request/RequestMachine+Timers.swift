/// What time alone does (runtime §3.1, §4).
extension RequestMachine {
    static func timer(_ next: inout Transitioner) -> Verdict {
        guard let due = next.request.nextTimer, due.time <= next.now else { return .dropped(.cannotArise) }
        switch due.kind {
        case .retry: retry(&next)
        case .expiration: return expire(&next)
        case .timeout: timeOut(&next)
        case .cancelCall: callCancel(&next)
        case .postProcess: next.request.notBefore = nil
        case .validation: return .dropped(.cannotArise)
        case .cancelEnd: return attemptEndedByServer(&next)
        }
        return next.verdict
    }

    static func cancelCallAnswered(_ next: inout Transitioner) -> Verdict {
        guard next.request.nextCancelCall != nil else { return .dropped(.cannotArise) }
        next.request.nextCancelCall = nil
        return next.verdict
    }

    private static func retry(_ next: inout Transitioner) {
        next.request.retriedCount += 1
        next.request.retryTime = nil
        next.beginAttempt(.retryDue)
    }

    private static func timeOut(_ next: inout Transitioner) {
        next.request.isTimedOut = true
        switch next.request.policy.timeoutAction {
        case .mark:
            next.move(.timeoutMark, to: .running)
        case .cancel:
            next.beginCancelling(.timeoutCancel, cause: .processTimedOut)
            endExecution(&next)
        case .fail where next.request.awaitsAsynchronousAnswer:
            failTimedOut(&next)
        case .fail:
            // First its code ends; how it does then no longer matters.
            stopExecution(&next, .timeout)
        }
    }

    static func failTimedOut(_ next: inout Transitioner) {
        next.note("The job did not end in time.")
        next.finish(.timeoutFail, .error, cause: .processTimedOut, errorType: .timeout)
        next.request.handleStatus = .dead
    }

    /// The next call is due later whatever becomes of this one; an answer of 2xx or 4xx ends the series.
    private static func callCancel(_ next: inout Transitioner) {
        let exponent = min(next.request.cancelCalls, 16)
        let delay = min(Limits.cancelCallFirstDelay * (1 << exponent), Limits.cancelCallMaxDelay)
        next.request.cancelCalls += 1
        next.request.nextCancelCall = next.now + delay
        if let epoch = next.request.epoch { next.effect(.callCancel(epoch)) }
    }
}
