/// What a job reports of itself through `executionStatus` (REST §5.9).
package enum ReportStatus: String, CaseIterable, Hashable, Sendable {
    case success = "SUCCESS"
    case warning = "WARNING"
    case error = "ERROR"
    case businessError = "BUSINESS_ERROR"
    case cancel = "CANCEL"
    case pause = "PAUSE"
    case suspend = "SUSPEND"
    case update = "UPDATE"

    /// Final reports end the attempt; PAUSE and SUSPEND do so only in CANCELLING.
    package func isFinal(cancelling: Bool) -> Bool {
        switch self {
        case .success, .warning, .error, .businessError, .cancel: true
        case .pause, .suspend: cancelling
        case .update: false
        }
    }
}

/// A final report that was accepted: its repetition gets the same answer, whatever came after (REST §5.9).
package struct AcceptedReport: Hashable, Sendable {
    package let epoch: AttemptEpoch
    package let status: ReportStatus

    package init(epoch: AttemptEpoch, status: ReportStatus) {
        self.epoch = epoch
        self.status = status
    }
}

/// Life of the handle of the newest invocation (REST §5.9).
package enum HandleStatus: String, CaseIterable, Hashable, Sendable {
    /// Nothing was invoked yet.
    case none
    case live
    /// PAUSE or a final report was accepted from it, or its synchronous executable ended.
    case closed
    /// Forced, fenced or overtaken: every report is refused with ESS-01052.
    case dead
}
