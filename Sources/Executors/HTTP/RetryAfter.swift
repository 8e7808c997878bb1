import SchedulerCore

/// The wish of an answer for the time of the next attempt (RFC 9110 §10.2.3).
enum RetryAfter {
    /// Longest wait that is granted: a wish beyond it would park the request for good.
    static let waitMax: Duration = .seconds(7 * 24 * 3600)

    /// - Parameters:
    ///   - text: seconds, or a date as `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///   - now: what a date is compared with.
    /// - Returns: at most `waitMax`; nil if the text is neither or the date has passed.
    static func wait(_ text: String?, now: Timestamp) -> Duration? {
        guard let text else { return nil }
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        if isNumber { return min(waitMax, Int64(text).map { .seconds($0) } ?? waitMax) }
        guard let date = date(text), date > now else { return nil }
        return min(waitMax, date - now)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func date(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, words[5] == "GMT", words[0].hasSuffix(","), words[1].utf8.count == 2,
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let digits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(rfc3339: "\(words[3])-\(digits)-\(words[1])T\(words[4])Z")
    }
}
