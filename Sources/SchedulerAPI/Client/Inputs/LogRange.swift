/// Which stretch of a log is asked for (RFC 9110 §14).
package enum LogRange: Sendable, Equatable {
    /// The last bytes.
    case last(Int)
    /// At most ``pieceBytesMax`` bytes from an offset on.
    case from(Int)

    /// Largest stretch asked for at once, in bytes: following a log takes flat memory.
    package static let pieceBytesMax = 1 << 20

    /// Value of the `Range` field.
    package var fieldValue: String {
        switch self {
        case .last(let count): "bytes=-\(count)"
        case .from(let offset): "bytes=\(offset)-\(offset + Self.pieceBytesMax - 1)"
        }
    }

    /// The stretch of a whole log; nil when it is empty.
    package func cut(_ log: [UInt8]) -> LogPiece? {
        let start =
            switch self {
            case .last(let count): max(0, log.count - count)
            case .from(let offset): offset
            }
        return start < log.count ? LogPiece(start: start, bytes: Array(log[start...])) : nil
    }

    /// The offset in a `Content-Range` field such as `bytes 100-199/1234`.
    package static func start(ofContentRange value: String) -> Int? {
        guard value.hasPrefix("bytes ") else { return nil }
        let digits = value.dropFirst(6).prefix { $0 != "-" }
        return digits.utf8.allSatisfy(JSONText.isDigit) ? Int(digits) : nil
    }
}

/// A stretch of a request's log.
package struct LogPiece: Sendable, Equatable {
    /// Where the stretch begins and ends in the log, in bytes.
    package let start: Int
    package let bytes: [UInt8]
    package var end: Int { start + bytes.count }

    package init(start: Int, bytes: [UInt8]) {
        self.start = start
        self.bytes = bytes
    }
}
