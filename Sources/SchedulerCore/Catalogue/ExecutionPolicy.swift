/// How a request is executed, retried, timed out and cancelled: the typed form of its system properties (runtime §4).
package struct ExecutionPolicy: Hashable, Sendable {
    /// What happens when an asynchronous wait outlives `requestTimeout`.
    package enum TimeoutAction: String, CaseIterable, Hashable, Sendable {
        case mark
        case cancel
        case fail
    }

    /// What becomes of a synchronous attempt whose node is gone.
    package enum NodeLostAction: String, CaseIterable, Hashable, Sendable {
        case retry
        case manualRecovery
    }

    /// `SYS_priority`, 0 lowest … 9 highest.
    package var priority = 4
    /// `SYS_retries`: retries after SYSTEM errors.
    package var retries = 0
    /// `SYS_requestExpiration` after `scheduledTime`; zero = never.
    package var requestExpiration: Duration = .zero
    /// `SYS_request_timeout`; nil = none.
    package var requestTimeout: Duration?
    /// `SYS_EXT_retryDelay` before the first retry.
    package var retryDelay: Duration = .zero
    /// `SYS_EXT_retryFactor` by which each further delay grows.
    package var retryFactor = 1.0
    /// `SYS_EXT_retryMaxDelay`, upper bound of the delay before jitter.
    package var retryMaxDelay: Duration = .seconds(3600)
    /// `SYS_EXT_retryJitter`, share of the delay that is added at most.
    package var retryJitter = 0.0
    package var timeoutAction: TimeoutAction = .mark
    package var nodeLost: NodeLostAction = .retry
    /// `SYS_EXT_cancelGrace`; nil = the configured `cancelGrace`.
    package var cancelGrace: Duration?
    /// `SYS_EXT_cancelEndAfter`; nil = never.
    package var cancelEndAfter: Duration?
    /// `SYS_EXT_handleIsCredential`: whoever presents the handle may report.
    package var handleIsCredential = true
    /// `SYS_allowMultPending`.
    package var allowMultiplePending = true
    /// `SYS_EXT_maxConcurrent`; 0 = no limit.
    package var maxConcurrent = 0
    /// Whether `SYS_preProcess` names a callout.
    package var hasPreProcess = false
    /// Whether `SYS_postProcess` names a callout.
    package var hasPostProcess = false
    /// `SYS_reprocessDelay`: when a callout that answers DELAY without a time is called again.
    package var reprocessDelay: Duration = .seconds(5 * 60)

    package init() {}
}
