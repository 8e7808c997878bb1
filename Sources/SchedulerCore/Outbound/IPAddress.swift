/// An IPv4 or IPv6 address, without zone.
package enum IPAddress: Hashable, Sendable {
    /// Bits in network order: `127.0.0.1` is `0x7F00_0001`.
    case v4(UInt32)
    case v6(UInt128)

    /// The same address as every stack treats it: `::ffff:a.b.c.d` is `a.b.c.d`.
    package var canonical: IPAddress {
        guard case .v6(let bits) = self, bits >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: bits))
    }

    /// IPv4 addresses to which a translator, tunnel or old stack may take an IPv6 address.
    package var embedded: [IPAddress] {
        guard case .v6(let bits) = self else { return [] }
        let low = IPAddress.v4(UInt32(truncatingIfNeeded: bits))
        var found: [IPAddress] = []
        // IPv4-compatible (RFC 4291 §2.5.5.1), mapped and translated (RFC 2765).
        if bits >> 32 == 0 || bits >> 32 == 0xFFFF || bits >> 32 == 0xFFFF_0000 { found.append(low) }
        // NAT64, well-known and local prefix (RFC 6052, RFC 8215).
        if bits >> 32 == 0x0064_FF9B_0000_0000_0000_0000 || bits >> 80 == 0x0064_FF9B_0001 { found.append(low) }
        // 6to4 (RFC 3056).
        if bits >> 112 == 0x2002 { found.append(.v4(UInt32(truncatingIfNeeded: bits >> 80))) }
        // Teredo (RFC 4380): server, and client with all bits turned.
        if bits >> 96 == 0x2001_0000 {
            found.append(.v4(UInt32(truncatingIfNeeded: bits >> 64)))
            found.append(.v4(~UInt32(truncatingIfNeeded: bits)))
        }
        // ISATAP (RFC 5214).
        let interface = UInt32(truncatingIfNeeded: bits >> 32)
        if interface == 0x0000_5EFE || interface == 0x0200_5EFE { found.append(low) }
        return found
    }
}

extension IPAddress: CustomStringConvertible {
    /// `192.0.2.1`, or the form of RFC 5952: `2001:db8::1`.
    package var description: String {
        switch self {
        case .v4(let bits):
            return stride(from: 24, through: 0, by: -8).map { String(bits >> UInt32($0) & 0xFF) }.joined(separator: ".")
        case .v6(let bits):
            let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: bits >> UInt128($0)) }
            let texts = groups.map { String($0, radix: 16) }
            guard let zeros = Self.longestZeros(groups) else { return texts.joined(separator: ":") }
            let head = texts[..<zeros.lowerBound].joined(separator: ":")
            return head + "::" + texts[zeros.upperBound...].joined(separator: ":")
        }
    }

    /// The first of the longest runs of at least two zero groups.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var longest: Range<Int>?
        var start: Int?
        for (index, group) in (groups + [1]).enumerated() {
            if group == 0 {
                start = start ?? index
            } else if let begun = start {
                if index - begun >= 2, index - begun > longest?.count ?? 0 { longest = begun..<index }
                start = nil
            }
        }
        return longest
    }
}
