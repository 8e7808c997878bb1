import SchedulerCore

/// Exit statuses of the client commands (administration specification §7).
enum ClientExit: Int32, Sendable, CaseIterable {
    case done = 0
    case other = 1
    case usage = 2
    case badInput = 3
    /// Not signed in, or not permitted.
    case denied = 4
    case notFound = 5
    case conflict = 6
    /// No connection, or a server that cannot serve now.
    case unavailable = 7
    /// `plan` has found something to change.
    case foundChanges = 8
    case endedInError = 20
    /// Only with `--strict`.
    case endedInWarning = 21
    case endedCancelled = 22
    /// Expired or invalid: the request never ran.
    case neverRan = 23
    case waitedTooLong = 24
    case configuration = 78
    case interrupted = 130

    /// The status for a refusal by the server.
    init(httpStatus: Int) {
        switch httpStatus {
        case 400, 413, 414, 415, 416, 422, 431: self = .badInput
        case 401, 403: self = .denied
        case 404: self = .notFound
        case 409, 412, 428: self = .conflict
        case 429, 500...599: self = .unavailable
        default: self = .other
        }
    }

    /// The status after waiting for a request that ended in a state; nil when the state is not terminal.
    init?(terminalState state: RequestState, strict: Bool) {
        switch state {
        case .succeeded, .finished: self = .done
        case .warning: self = strict ? .endedInWarning : .done
        case .error: self = .endedInError
        case .cancelled: self = .endedCancelled
        case .expired, .validationFailed: self = .neverRan
        default: return nil
        }
    }
}
