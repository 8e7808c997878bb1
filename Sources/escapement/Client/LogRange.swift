/// Which stretch of a log is asked for (RFC 9110 §14).
enum LogRange: Sendable, Equatable {
    /// The last bytes.
    case last(Int)
    /// At most ``pieceBytesMax`` bytes from an offset on.
    case from(Int)

    /// Largest stretch asked for at once, in bytes: following a log takes flat memory.
    static let pieceBytesMax = 1 << 20

    /// Value of the `Range` field.
    var fieldValue: String {
        switch self {
        case .last(let count): "bytes=-\(count)"
        case .from(let offset): "bytes=\(offset)-\(offset + Self.pieceBytesMax - 1)"
        }
    }

    /// The stretch of a whole log; nil when it is empty.
    func cut(_ log: [UInt8]) -> LogPiece? {
        let start =
            switch self {
            case .last(let count): max(0, log.count - count)
            case .from(let offset): offset
            }
        return start < log.count ? LogPiece(start: start, bytes: Array(log[start...])) : nil
    }

    /// The offset in a `Content-Range` field such as `bytes 100-199/1234`.
    static func start(ofContentRange value: String) -> Int? {
        guard value.hasPrefix("bytes ") else { return nil }
        return PlainNumber.parse(value.dropFirst(6).prefix { $0 != "-" })
    }
}
