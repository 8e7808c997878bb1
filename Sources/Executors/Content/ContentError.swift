@preconcurrency import Glibc

/// A log or output could not be read or written.
package enum ContentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name is not `[A-Za-z0-9._-]{1,128}`, or is `.` or `..`.
    case badName
    /// More bytes than the limit.
    case tooLarge(limit: Int64)
    /// A call of the operating system failed; `attempt` says which, without paths of users' making.
    case system(attempt: String, code: Int32)

    package var description: String {
        switch self {
        case .badName: "The name of an output may hold letters, digits, “.”, “_” and “-”, at most 128."
        case .tooLarge(let limit): "The output is larger than \(limit) bytes."
        case .system(let attempt, let code): "\(attempt): \(String(cString: strerror(code)))"
        }
    }

    /// The failure of the call just made.
    static func system(_ attempt: String) -> ContentError { .system(attempt: attempt, code: errno) }
}
