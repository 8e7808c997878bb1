/// A stretch of a request's log.
struct LogPiece: Sendable, Equatable {
    /// Where the stretch begins and ends in the log, in bytes.
    let start: Int
    let bytes: [UInt8]
    var end: Int { start + bytes.count }
}
