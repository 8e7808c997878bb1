/// The nineteen states of a request; raw values are the wire names (runtime §1.1, REST §4.1).
package enum RequestState: String, CaseIterable, Hashable, Sendable {
    case wait = "WAIT"
    case ready = "READY"
    case running = "RUNNING"
    case completed = "COMPLETED"
    case blocked = "BLOCKED"
    case hold = "HOLD"
    case cancelling = "CANCELLING"
    case expired = "EXPIRED"
    case cancelled = "CANCELLED"
    case error = "ERROR"
    case warning = "WARNING"
    case succeeded = "SUCCEEDED"
    case paused = "PAUSED"
    case pendingValidation = "PENDING_VALIDATION"
    case validationFailed = "VALIDATION_FAILED"
    case scheduleEnded = "SCHEDULE_ENDED"
    case finished = "FINISHED"
    case errorAutoRetry = "ERROR_AUTO_RETRY"
    case errorManualRecovery = "ERROR_MANUAL_RECOVERY"

    /// Oracle's number of the state: for storage only, never on the wire.
    package var code: Int {
        switch self {
        case .wait: 1
        case .ready: 2
        case .running: 3
        case .completed: 4
        case .blocked: 5
        case .hold: 6
        case .cancelling: 7
        case .expired: 8
        case .cancelled: 9
        case .error: 10
        case .warning: 11
        case .succeeded: 12
        case .paused: 13
        case .pendingValidation: 14
        case .validationFailed: 15
        case .scheduleEnded: 16
        case .finished: 17
        case .errorAutoRetry: 18
        case .errorManualRecovery: 19
        }
    }

    private static let byCode: [Int: RequestState] = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.code, $0) }
    )

    package init?(code: Int) {
        guard let state = Self.byCode[code] else { return nil }
        self = state
    }

    /// Terminal states never change (runtime I2).
    package var isTerminal: Bool {
        switch self {
        case .expired, .cancelled, .error, .warning, .succeeded, .validationFailed, .finished: true
        default: false
        }
    }

    /// Pending requests wait for their time, their turn or a person; nothing of them executes (runtime §1.1).
    package var isPending: Bool {
        switch self {
        case .wait, .ready, .blocked, .hold, .pendingValidation: true
        default: false
        }
    }

    /// Text for people, with Oracle's American spelling (REST §4.1, §10).
    package var displayText: String {
        switch self {
        case .wait: "Wait"
        case .ready: "Ready"
        case .running: "Running"
        case .completed: "Completed"
        case .blocked: "Blocked"
        case .hold: "Hold"
        case .cancelling: "Canceling"
        case .expired: "Expired"
        case .cancelled: "Canceled"
        case .error: "Error"
        case .warning: "Warning"
        case .succeeded: "Succeeded"
        case .paused: "Paused"
        case .pendingValidation: "Pending Validation"
        case .validationFailed: "Validation Failed"
        case .scheduleEnded: "Schedule Ended"
        case .finished: "Finished"
        case .errorAutoRetry: "Error Auto-Retry"
        case .errorManualRecovery: "Error Manual Recovery"
        }
    }
}
