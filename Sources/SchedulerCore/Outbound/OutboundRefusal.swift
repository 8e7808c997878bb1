/// A target that must not be called; the text is safe to log and to show.
package struct OutboundRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Hashable, Sendable {
        case malformed = "it is not an absolute URL"
        case scheme = "only http and https are called"
        case userInfo = "it holds user info"
        case denied = "its address is not allowed"
    }

    /// Bytes of a URL that are shown.
    private static let shownBytes = 256

    package let reason: Reason
    /// The URL up to its path, without user info.
    package let shownURL: String

    package init(_ reason: Reason, _ url: String) {
        self.reason = reason
        shownURL = Self.shown(url)
    }

    package var description: String { "Outbound URL \(shownURL) is not allowed: \(reason.rawValue)." }

    /// What callers of the API get (REST §8).
    package var schedulerError: SchedulerError { SchedulerError(2007, shownURL) }

    /// Path and query may hold a secret, user info surely does.
    private static func shown(_ url: String) -> String {
        var scheme = ""
        var rest = url.utf8[...]
        if let mark = url.firstRange(of: "://") {
            scheme = String(url[..<mark.upperBound])
            rest = url.utf8[mark.upperBound...]
        }
        let authority = rest.prefix { !"/?#\\".utf8.contains($0) }
        let start = authority.lastIndex(of: UInt8(ascii: "@")).map { authority.index(after: $0) }
        let host = String(decoding: authority[(start ?? authority.startIndex)...], as: UTF8.self)
        return (scheme + host).bounded(toBytes: shownBytes)
    }
}
