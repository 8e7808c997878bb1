/// What happened to a request, as those outside are told (administration §6.3).
package enum RequestEventName: String, CaseIterable, Hashable, Sendable {
    case succeeded = "REQUEST_SUCCEEDED"
    case warning = "REQUEST_WARNING"
    case error = "REQUEST_ERROR"
    case cancelled = "REQUEST_CANCELLED"
    case expired = "REQUEST_EXPIRED"
    case invalid = "REQUEST_INVALID"
    case finished = "REQUEST_FINISHED"
    case paused = "REQUEST_PAUSED"
    case retry = "REQUEST_RETRY"
    case timedOut = "REQUEST_TIMED_OUT"
    case manualRecovery = "REQUEST_ERROR_MANUAL_RECOVERY"
    case valid = "REQUEST_VALID"
    case state = "REQUEST_STATE"

    /// The name of a change of state.
    package init(from source: RequestState, to target: RequestState) {
        self =
            switch target {
            case .succeeded: .succeeded
            case .warning: .warning
            case .error: .error
            case .cancelled: .cancelled
            case .expired: .expired
            case .validationFailed: .invalid
            case .finished: .finished
            case .paused: .paused
            case .errorAutoRetry: .retry
            case .errorManualRecovery: .manualRecovery
            case .wait where source == .pendingValidation, .hold where source == .pendingValidation: .valid
            case .wait, .ready, .running, .completed, .blocked, .hold, .cancelling, .pendingValidation,
                .scheduleEnded:
                .state
            }
    }
}
