/// The configured URL under which callers reach this server.
package enum PublicURL {
    /// Without slashes at the end.
    package static func trimmed(_ url: String) -> String {
        var url = Substring(url)
        while url.last == "/" { url.removeLast() }
        return String(url)
    }

    /// With the scheme's default port where the URL names none: Fusion servers send `https://host:443/…`.
    static func withExplicitPort(_ url: String) -> String {
        guard let port = url.hasPrefix("https://") ? 443 : url.hasPrefix("http://") ? 80 : nil,
            let separator = url.firstRange(of: "://")
        else { return url }
        let rest = url[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        // A colon inside the brackets belongs to an IPv6 address.
        let afterAddress = authority.lastIndex(of: "]").map { authority[$0...] } ?? authority
        guard !afterAddress.contains(":") else { return url }
        return "\(url[..<authority.endIndex]):\(port)\(rest[authority.endIndex...])"
    }
}
