import SchedulerCore

/// What the auditor itself knows of one request, learned from what was asked and answered, never from the machine.
struct AuditedLife {
    var policy: ExecutionPolicy
    /// Due instant by the submission or the schedule; nil until a parent pauses for it.
    var due: Timestamp?

    var hasStarted = false
    /// Its executable or its first steps were reached once: from then on it does not expire.
    var hasInitiated = false
    /// A callout that answered DELAY is not called again before, and that of post-processing not before its timer.
    var callNotBefore: Timestamp?
    /// A callout of the attempt has answered WARN before the executable.
    var isWarned = false
    /// Its executable has come to a good end.
    var isDone = false
    /// Since when it has been READY, while it is.
    var readySince: Timestamp?
    var isHeld = false
    /// CANCELLING or further: nothing of it may start any more.
    var isCancelled = false
    var cancelBegun: Timestamp?
    var lastCheckIn: Timestamp?
    var endings = 0
    var forceCancels = 0
    var retries = 0
    var attempts = 1 {
        didSet { isWarned = false }
    }
    /// A retry must not come before.
    var retryNotBefore: Timestamp?
    var newestEpoch: AttemptEpoch?
    /// Handles whose invocation is over: a final report, PAUSE, or the executable's own end.
    var closed: Set<AttemptEpoch> = []
    /// Handles that were forced, fenced or overtaken.
    var dead: Set<AttemptEpoch> = []
    /// Paused for sub-requests, of which there may be none; what it handed over then.
    var awaitsRound = false
    var pausedState: String?
    var accepted: [AttemptEpoch: ReportStatus] = [:]
    /// What counts its attempt against the limits of shifts, and whether it does now.
    var slot: NaiveWorkPass.Slot?
    var usesSlot = false
    /// Lines of the history that were looked at.
    var historyCount = 0

    init(policy: ExecutionPolicy, due: Timestamp?) {
        self.policy = policy
        self.due = due
    }

    var expiration: Timestamp? {
        guard policy.requestExpiration > .zero else { return nil }
        return due.map { $0 + policy.requestExpiration }
    }

    /// Shortest pause before the next retry, by the formula of runtime §4 without its jitter.
    var shortestRetryDelay: Duration {
        var seconds = Double(policy.retryDelay.components.seconds)
        for _ in 0..<retries { seconds *= policy.retryFactor }
        return .milliseconds(Int64(min(seconds, Double(policy.retryMaxDelay.components.seconds)) * 1000) - 1)
    }
}
