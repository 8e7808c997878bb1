import HTTPTypes
import Hummingbird
import SchedulerAPI

/// For which page a browser makes a call. It sends the password that it remembers with the calls of any page, so a page
/// of another site must not change anything (administration §5, threats). Other programs say nothing of it.
enum CallOrigin {
    /// Whether a page of another site has the call made.
    static func isForeign(_ request: Request, publicURL: String) -> Bool {
        // What the browser itself found out (W3C Fetch Metadata), over TLS and on the same machine.
        if let site = siteField.flatMap({ request.headers[$0] }) { return site != "same-origin" && site != "none" }
        guard let origin = request.headers[.origin] else { return false }
        return !isOwn(origin.lowercased(), authority: request.head.authority, publicURL: publicURL)
    }

    /// An origin is `scheme://host[:port]` without the scheme's own port, or `null` (RFC 6454 §6.1).
    private static func isOwn(_ origin: String, authority: String?, publicURL: String) -> Bool {
        let parts = origin.split(separator: "://", maxSplits: 1)
        // Who stands before the server may speak another scheme with the browser.
        if parts.count == 2, let authority, authority.lowercased() == parts[1] { return true }
        let url = publicURL.lowercased().split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard url.count == 3, let ownAuthority = url[2].split(separator: "/").first else { return false }
        let ownPort = url[0] == "https:" ? ":443" : ":80"
        let own = ownAuthority.hasSuffix(ownPort) ? ownAuthority.dropLast(ownPort.count) : ownAuthority
        return origin == "\(url[0])//\(own)"
    }

    private static let siteField = HTTPField.Name("Sec-Fetch-Site")
}
