import SchedulerCore

/// What the auditor itself knows of one request, learned from what was asked and answered, never from the machine.
struct AuditedLife {
    let policy: ExecutionPolicy
    /// Due instant by the submission.
    let due: Timestamp

    var hasStarted = false
    var isHeld = false
    /// CANCELLING or further: nothing of it may start any more.
    var isCancelled = false
    var cancelBegun: Timestamp?
    var lastCheckIn: Timestamp?
    var endings = 0
    var forceCancels = 0
    var retries = 0
    var attempts = 1
    /// A retry must not come before.
    var retryNotBefore: Timestamp?
    var newestEpoch: AttemptEpoch?
    /// Handles whose invocation is over: a final report, PAUSE, or the executable's own end.
    var closed: Set<AttemptEpoch> = []
    /// Handles that were forced, fenced or overtaken.
    var dead: Set<AttemptEpoch> = []
    var accepted: [AttemptEpoch: ReportStatus] = [:]
    /// Lines of the history that were looked at.
    var historyCount = 0

    init(policy: ExecutionPolicy, due: Timestamp) {
        self.policy = policy
        self.due = due
    }

    var expiration: Timestamp? { policy.requestExpiration > .zero ? due + policy.requestExpiration : nil }

    /// Shortest pause before the next retry, by the formula of runtime §4 without its jitter.
    var shortestRetryDelay: Duration {
        var seconds = Double(policy.retryDelay.components.seconds)
        for _ in 0..<retries { seconds *= policy.retryFactor }
        return .milliseconds(Int64(min(seconds, Double(policy.retryMaxDelay.components.seconds)) * 1000) - 1)
    }
}
