/// The next thing that time alone does to a request. Stores index its instant; one loop fires what is due.
package struct RequestTimer: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case retry
        case expiration
        case timeout
        case cancelCall
        case cancelEnd
        case postProcess
        /// Of what is decided by the metadata in force, not by the machine.
        case validation
    }

    package let kind: Kind
    package let time: Timestamp
}

extension JobRequest {
    /// The earliest timer that runs for the request in its present state; nil when nothing depends on time.
    package var nextTimer: RequestTimer? {
        switch state {
        case .errorAutoRetry:
            return retryTime.map { RequestTimer(kind: .retry, time: $0) }
        case .pendingValidation:
            return RequestTimer(kind: .validation, time: max(scheduledTime, notBefore ?? scheduledTime))
        case .wait, .ready, .blocked:
            guard firstStartTime == nil else { return nil }
            return expiration.map { RequestTimer(kind: .expiration, time: $0) }
        case .running:
            guard !isTimedOut, let begun = timeoutBegin, let timeout = policy.requestTimeout else { return nil }
            return RequestTimer(kind: .timeout, time: begun + timeout)
        case .cancelling:
            let call = nextCancelCall.map { RequestTimer(kind: .cancelCall, time: $0) }
            guard awaitsAsynchronousAnswer, let endAfter = policy.cancelEndAfter, let begun = cancelUpdateTime else {
                return call
            }
            let end = RequestTimer(kind: .cancelEnd, time: begun + endAfter)
            guard let call, call.time < end.time else { return end }
            return call
        case .completed:
            guard owner == nil else { return nil }
            return notBefore.map { RequestTimer(kind: .postProcess, time: $0) }
        default:
            return nil
        }
    }

    /// Beginning of what `SYS_request_timeout` bounds: an asynchronous wait; code that runs on a node only where
    /// the timeout is to do something (runtime §4).
    private var timeoutBegin: Timestamp? {
        if awaitsAsynchronousAnswer { return waitTime }
        guard owner != nil, !isInCallout, isAsynchronous != true, policy.timeoutAction != .mark else { return nil }
        return runningSince
    }
}
