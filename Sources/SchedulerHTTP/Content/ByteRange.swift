import HTTPTypes
import SchedulerCore

/// One range of bytes that a caller asks for (RFC 9110 §14). Several at once, and what cannot be read, count as none.
struct ByteRange: Hashable {
    private let first: Int64?
    private let last: Int64?

    init?(_ header: String?) {
        guard let header, header.lowercased().hasPrefix("bytes=") else { return nil }
        let bounds = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2,
            let first = Self.bound(bounds[0]), let last = Self.bound(bounds[1]),
            first != nil || last != nil
        else { return nil }
        if let first, let last, last < first { return nil }
        self.first = first
        self.last = last
    }

    /// As a caller would write it.
    private var text: String { "bytes=\(first.map { "\($0)" } ?? "")-\(last.map { "\($0)" } ?? "")" }

    /// The bytes of a content of that size.
    ///
    /// - Throws: `Refusal` with ESS-32003 where there are none.
    func resolved(size: Int64) throws -> Range<Int64> {
        let range: Range<Int64>
        if let first {
            range = first < size ? first..<(min(last ?? size - 1, size - 1) + 1) : 0..<0
        } else {
            range = max(0, size - (last ?? 0))..<size
        }
        guard !range.isEmpty else {
            throw Refusal(error: SchedulerError(32003, text), fields: [.contentRange: "bytes */\(size)"])
        }
        return range
    }

    /// Nil for what is no number, nil inside for an absent one.
    private static func bound(_ text: Substring) -> Int64?? {
        if text.isEmpty { return .some(nil) }
        guard text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }), let number = Int64(text)
        else { return nil }
        return .some(number)
    }
}
