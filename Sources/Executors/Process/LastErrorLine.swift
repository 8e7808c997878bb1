/// Keeps the last line of standard error that shows something: it becomes the request's message (runtime §9.1).
///
/// Whatever the amount of output, it looks only at the end of each chunk.
package struct LastErrorLine: Sendable {
    /// Bytes of a line that are looked at; the rest of a longer one is dropped.
    package static let lineBytes = 4096

    private var line: [UInt8] = []
    /// Begin of a line whose end has not come yet.
    private var open: [UInt8] = []

    package init() {}

    package mutating func append(_ chunk: UnsafeRawBufferPointer) {
        guard let last = chunk.lastIndex(where: Self.endsLine) else {
            open += chunk.prefix(Self.lineBytes - open.count)
            return
        }
        var end = last
        while true {
            let start = chunk[..<end].lastIndex(where: Self.endsLine).map { $0 + 1 }
            let head = start == nil ? open : []
            let candidate = head + chunk[(start ?? 0)..<end].prefix(Self.lineBytes - head.count)
            if !TerminalText.plain(candidate).isEmpty {
                line = candidate
                break
            }
            guard let start else { break }
            end = start - 1
        }
        open = Array(chunk[(last + 1)...].prefix(Self.lineBytes))
    }

    /// The line without control characters; nil if nothing was written.
    package var text: String? {
        for candidate in [open, line] {
            let text = TerminalText.plain(candidate)
            if !text.isEmpty { return text }
        }
        return nil
    }

    /// A carriage return ends a line too: progress bars overwrite themselves.
    private static func endsLine(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
