/// The base address of a server: `https://host[:port][/path]`, without user, query and fragment.
struct WebAddress: Sendable, Equatable {
    let isSecure: Bool
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    let host: String
    let port: Int?
    /// Empty, or a path that begins with a slash and does not end with one.
    let path: String

    init(parsing text: String) throws(WebAddressError) {
        let lowered = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else { throw .scheme }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .characters }
        guard !text.contains(where: { "?#\\".contains($0) }) else { throw .query }
        let rest = text.dropFirst(scheme.count)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        guard !authority.contains("@") else { throw .user }
        let (host, port) = try Self.split(authority)
        var path = rest[slash...]
        while path.last == "/" { path.removeLast() }
        self.isSecure = scheme == "https://"
        self.host = host
        self.port = port
        self.path = String(path)
    }

    var scheme: String { isSecure ? "https" : "http" }

    /// Host and port as a URL writes them.
    var authority: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(host):\($0)" } ?? host
    }

    /// The address as text, without a slash at the end.
    var text: String { "\(scheme)://\(authority)\(path)" }

    private static func split(_ authority: Substring) throws(WebAddressError) -> (String, Int?) {
        var host = authority
        var portText: Substring?
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { throw .host }
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .host }
            portText = rest.isEmpty ? nil : rest.dropFirst()
            host = host[host.index(after: host.startIndex)..<end]
            guard HostName.isIPv6(String(host)) else { throw .host }
        } else {
            if let colon = host.firstIndex(of: ":") {
                portText = host[host.index(after: colon)...]
                host = host[..<colon]
            }
            guard HostName.isIPv4(String(host)) || HostName.isName(String(host)) else { throw .host }
        }
        guard let portText else { return (String(host), nil) }
        guard let port = PlainNumber.parse(portText), (1...65_535).contains(port) else { throw .port }
        return (String(host), port)
    }
}

/// Why a text is no base address of a server.
enum WebAddressError: Error, Equatable, CustomStringConvertible {
    case scheme, characters, query, user, host, port

    var description: String {
        switch self {
        case .scheme: "must begin with http:// or https://"
        case .characters: "holds a character that no address may hold"
        case .query: "must hold no query, fragment or backslash"
        case .user: "must hold no user or password"
        case .host: "has no valid host"
        case .port: "has a port outside 1 to 65535"
        }
    }
}
