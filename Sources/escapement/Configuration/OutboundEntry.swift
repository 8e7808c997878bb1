/// An entry of `outbound.allow` and `outbound.deny`: a network, an address, a host or all hosts
/// below a domain, each with an optional port.
///
///     10.0.0.0/8   192.0.2.7:443   2001:db8::/32   [2001:db8::1]:443   hooks.example.org   *.example.org:8443
enum OutboundEntry {
    static func isValid(_ text: String) -> Bool {
        if text.hasPrefix("[") {
            guard let end = text.lastIndex(of: "]") else { return false }
            let inside = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            return isNetwork(inside, HostName.isIPv6, bitsMax: 128) && (rest.isEmpty || isPort(rest))
        }
        if isNetwork(text, HostName.isIPv6, bitsMax: 128) { return true }
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let host = String(text[..<colon])
        let port = text[colon...]
        guard port.isEmpty || isPort(port) else { return false }
        if isNetwork(host, HostName.isIPv4, bitsMax: 32) { return true }
        return HostName.isName(host.hasPrefix("*.") ? String(host.dropFirst(2)) : host)
    }

    private static func isNetwork(_ text: String, _ isAddress: (String) -> Bool, bitsMax: Int) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, isAddress(String(address)) else { return false }
        guard parts.count == 2 else { return true }
        guard let bits = PlainNumber.parse(parts[1]) else { return false }
        return bits <= bitsMax
    }

    /// `:1` to `:65535`.
    private static func isPort(_ text: Substring) -> Bool {
        guard text.first == ":", let port = PlainNumber.parse(text.dropFirst()) else { return false }
        return (1...65_535).contains(port)
    }
}
