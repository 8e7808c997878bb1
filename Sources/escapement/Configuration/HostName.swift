import Glibc

/// Host names and IP addresses as text. Nothing here asks the network.
enum HostName {
    /// Longest name in bytes (RFC 1035).
    private static let bytesMax = 253
    private static let labelBytes = 1...63

    /// A literal IPv4 or IPv6 address, the latter without brackets.
    static func isAddress(_ text: String) -> Bool { isIPv4(text) || isIPv6(text) }

    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    /// A name of letters, digits, hyphens and underscores, in labels separated by dots. All-digit
    /// last labels are refused: `127.1` is a badly written address and would be looked up as a name.
    static func isName(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= bytesMax, labels.allSatisfy(isLabel), let last = labels.last else { return false }
        return !last.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether what listens on this host can only be reached from this machine.
    ///
    /// Other names than `localhost` count as reachable from elsewhere: what they resolve to may change.
    static func isLoopback(_ text: String) -> Bool {
        if text.lowercased() == "localhost" { return true }
        if isIPv4(text) { return text.hasPrefix("127.") }
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return false }
        return withUnsafeBytes(of: address) { bytes in
            bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        }
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        labelBytes.contains(label.count)
            && label.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
