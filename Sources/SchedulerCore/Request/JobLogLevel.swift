/// Weight of a line in a request's log (runtime §9.5).
public enum JobLogLevel: Int, CaseIterable, Comparable, Hashable, Sendable {
    case trace
    case debug
    case info
    case warning
    case error

    /// True if `left` weighs less.
    public static func < (left: JobLogLevel, right: JobLogLevel) -> Bool { left.rawValue < right.rawValue }

    /// As it is written in the log: `INFO`.
    public var label: String {
        switch self {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO"
        case .warning: "WARNING"
        case .error: "ERROR"
        }
    }

    /// Reads a level, also by the names that Java callers use; nil for any other text.
    ///
    /// - Parameter text: in any case, `INFO`, `FINE`, `SEVERE`.
    public init?(parsing text: String) {
        switch text.uppercased() {
        case "TRACE", "FINER", "FINEST", "ALL": self = .trace
        case "DEBUG", "FINE", "CONFIG": self = .debug
        case "INFO", "NOTIFICATION": self = .info
        case "WARNING", "WARN": self = .warning
        case "ERROR", "SEVERE", "INCIDENT_ERROR", "CRITICAL": self = .error
        default: return nil
        }
    }
}
