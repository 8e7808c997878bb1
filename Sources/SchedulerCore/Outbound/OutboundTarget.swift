/// Where a call goes: a URL taken apart by one strict reader, so that nobody behind it can read another host.
package struct OutboundTarget: Hashable, Sendable {
    package enum Scheme: String, Hashable, Sendable {
        case http
        case https

        package var defaultPort: Int { self == .http ? 80 : 443 }
    }

    package enum Host: Hashable, Sendable {
        case address(IPAddress)
        /// Lower-case ASCII without a dot at the end.
        case name(String)
    }

    /// Bytes of a URL, longest accepted.
    private static let urlBytes = 8192
    /// Bytes of a host name and of one label (RFC 1035 §2.3.4).
    private static let hostBytes = 253
    private static let labelBytes = 63

    package let scheme: Scheme
    package let host: Host
    package let port: Int
    /// Path and query as they are sent, beginning with `/`.
    package let path: String

    /// Reads an absolute http or https URL; a fragment is dropped, other bytes than RFC 3986 allows are escaped in the
    /// path and refused in the host. Odd spellings of an IPv4 address become that address.
    package init(parsing text: String) throws(OutboundRefusal) {
        guard text.utf8.count <= Self.urlBytes else { throw OutboundRefusal(.malformed, text) }
        guard let colon = text.firstRange(of: "://") else { throw OutboundRefusal(.malformed, text) }
        guard let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased()) else {
            throw OutboundRefusal(.scheme, text)
        }
        let rest = text.utf8[colon.upperBound...]
        let authority = rest.prefix { !"/?#\\".utf8.contains($0) }
        guard !authority.contains(UInt8(ascii: "@")) else { throw OutboundRefusal(.userInfo, text) }
        guard let (host, port) = Self.split(authority) else { throw OutboundRefusal(.malformed, text) }
        self.scheme = scheme
        self.port = port ?? scheme.defaultPort
        if host.hasPrefix("[") {
            guard let address = IPAddress(host.dropFirst().dropLast()), case .v6 = address else {
                throw OutboundRefusal(.malformed, text)
            }
            self.host = .address(address.canonical)
        } else if IPAddress.looksNumeric(host) {
            guard let address = IPAddress(numeric: host) else { throw OutboundRefusal(.malformed, text) }
            self.host = .address(address)
        } else {
            guard Self.isName(host) else { throw OutboundRefusal(.malformed, text) }
            self.host = .name(host)
        }
        guard let path = Self.escaped(rest[authority.endIndex...]) else { throw OutboundRefusal(.malformed, text) }
        self.path = path
    }

    /// `https://host:8443`, the port only where it is not the scheme's: fit for messages, since it has no path.
    package var origin: String {
        let name =
            switch host {
            case .address(.v4(let bits)): IPAddress.v4(bits).description
            case .address(.v6(let bits)): "[\(IPAddress.v6(bits))]"
            case .name(let name): name
            }
        return "\(scheme.rawValue)://\(name)" + (port == scheme.defaultPort ? "" : ":\(port)")
    }

    /// The whole URL, normalised.
    package var url: String { origin + path }

    private static func split(_ authority: Substring.UTF8View) -> (host: String, port: Int?)? {
        var host = authority
        var portText: Substring.UTF8View?
        let tail = authority.last == UInt8(ascii: "]") ? nil : authority.lastIndex(of: UInt8(ascii: ":"))
        if let colon = tail {
            host = authority[..<colon]
            portText = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty, host.allSatisfy({ $0 < 0x80 }) else { return nil }
        var name = String(decoding: host, as: UTF8.self).lowercased()
        if name.hasSuffix("."), !name.hasPrefix("[") { name.removeLast() }
        guard let portText, !portText.isEmpty else { return (name, nil) }
        guard portText.count <= 5, portText.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let port = Int(String(decoding: portText, as: UTF8.self)), (1...65535).contains(port)
        else { return nil }
        return (name, port)
    }

    private static func isName(_ host: String) -> Bool {
        guard (1...hostBytes).contains(host.utf8.count) else { return false }
        return host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...labelBytes).contains(label.count) && label.allSatisfy(isLabelByte)
        }
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Nil if there is a control character: those are never a slip of the author.
    private static func escaped(_ rest: Substring.UTF8View) -> String? {
        var result: [UInt8] = rest.first == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
        for byte in rest.prefix(while: { $0 != UInt8(ascii: "#") }) {
            guard byte >= 0x20, byte != 0x7F else { return nil }
            if byte > 0x7F || " \"<>\\^`{|}[]".utf8.contains(byte) {
                let digits = String(byte, radix: 16, uppercase: true)
                result += Array("%".utf8) + Array(digits.utf8)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
