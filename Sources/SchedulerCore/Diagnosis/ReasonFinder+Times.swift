/// Since when a request waits, and until when, as far as time alone tells.
extension ReasonFinder {
    /// When the first reason began to hold.
    func since(of code: DiagnosticCode?) -> Timestamp {
        let changed = request.stateChangeTime
        switch code {
        case .asyncWait: return request.waitTime ?? changed
        case .cancelWait: return request.cancelInitiatedTime ?? changed
        case .nothing where request.owner != nil: return request.runningSince ?? changed
        case .deferred, .blocked, .concurrencyLimit, .asyncLimit, .noFreeThread, .nothing:
            guard request.state.isPending else { return changed }
            return request.readyTime ?? max(changed, min(now, request.scheduledTime))
        default: return changed
        }
    }

    /// Nil as soon as anything but time stands in the way.
    func estimatedStart(_ reasons: [DiagnosticReason]) -> Timestamp? {
        switch request.state {
        case .wait, .ready, .errorAutoRetry: break
        default: return nil
        }
        guard !request.lineage.type.isRecurringParent else { return nil }
        var latest = now
        for reason in reasons {
            let instant: Timestamp? =
                switch reason.code {
                case .futureStart, .retryDelay, .preprocessDelay: reason.scheduledTime
                case .inactiveWorkAssignmentWait: reason.nextWindow
                case .nothing: now
                default: nil
                }
            guard let instant else { return nil }
            latest = max(latest, instant)
        }
        return latest
    }
}
