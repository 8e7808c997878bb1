/// One entry of `outbound.allow` or `outbound.deny` (administration §9): a block of addresses, a host or all hosts
/// below one, each with an optional port.
package struct OutboundRule: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case addresses(AddressRange)
        /// Exactly this name.
        case host(String)
        /// Every name that ends with a dot and this one.
        case hostsBelow(String)
    }

    package let subject: Subject
    /// nil: every port.
    package let port: Int?

    package init(_ subject: Subject, port: Int? = nil) {
        self.subject = subject
        self.port = port
    }

    /// Reads `10.0.0.0/8`, `10.0.0.1:8080`, `fd00::/8`, `[fd00::/8]:443`, `ledger.example`, `*.example:443`.
    ///
    /// Nil if it is none of these.
    package init?(parsing text: String) {
        var subject = text[...]
        var port: Int?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            subject = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard subject.contains(":") else { return nil }
            if !rest.isEmpty {
                guard rest.hasPrefix(":"), let number = Self.port(rest.dropFirst()) else { return nil }
                port = number
            }
        } else if text.utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1, let colon = text.firstIndex(of: ":") {
            subject = text[..<colon]
            guard let number = Self.port(text[text.index(after: colon)...]) else { return nil }
            port = number
        }
        self.port = port
        if let range = AddressRange(parsing: subject) {
            self.subject = .addresses(range)
            return
        }
        let isBelow = subject.hasPrefix("*.")
        let name = isBelow ? subject.dropFirst(2) : subject
        // The reader of URLs decides what is a host name.
        guard !name.contains(where: { "/?#\\:@%".contains($0) }), !name.hasPrefix("["),
            let target = try? OutboundTarget(parsing: "http://\(name)/"), case .name(let host) = target.host
        else { return nil }
        self.subject = isBelow ? .hostsBelow(host) : .host(host)
    }

    package func matches(_ address: IPAddress, port: Int) -> Bool {
        guard self.port == nil || self.port == port, case .addresses(let range) = subject else { return false }
        return range.contains(address)
    }

    package func matches(host: OutboundTarget.Host, port: Int) -> Bool {
        guard self.port == nil || self.port == port, case .name(let name) = host else { return false }
        return switch subject {
        case .addresses: false
        case .host(let host): name == host
        case .hostsBelow(let host): name.hasSuffix(".\(host)")
        }
    }

    private static func port(_ text: Substring) -> Int? {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let port = Int(text), (1...65535).contains(port)
        else { return nil }
        return port
    }
}
