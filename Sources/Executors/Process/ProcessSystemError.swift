@preconcurrency import Glibc

/// A call of the operating system failed.
package struct ProcessSystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted, with the path it concerned; no values of requests.
    package let attempt: String
    /// `errno`.
    package let code: Int32

    package init(_ attempt: String, code: Int32 = errno) {
        self.attempt = attempt
        self.code = code
    }

    package var description: String { "\(attempt): \(Self.text(of: code))" }

    static func text(of code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, strerror_r(code, start, buffer.count) == 0 else {
                return "error \(code)"
            }
            return String(cString: start)
        }
    }
}
