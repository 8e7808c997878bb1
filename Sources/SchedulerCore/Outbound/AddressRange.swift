/// A block of addresses, `10.0.0.0/8`.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    package let base: IPAddress
    /// Bits that count, from the left.
    package let prefixLength: Int

    /// Nil if the length does not fit the family. Bits of `base` beyond the prefix do not matter. A block of mapped
    /// addresses, `::ffff:10.0.0.0/104`, is the IPv4 block.
    package init?(_ base: IPAddress, prefixLength: Int) {
        if case .v6 = base, case .v4 = base.canonical, (96...128).contains(prefixLength) {
            self.base = base.canonical
            self.prefixLength = prefixLength - 96
            return
        }
        let bits = if case .v4 = base { 32 } else { 128 }
        guard (0...bits).contains(prefixLength) else { return nil }
        self.base = base
        self.prefixLength = prefixLength
    }

    /// Reads `10.0.0.0/8`, or a lone address as the block of itself.
    package init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let base = IPAddress(first) else { return nil }
        let whole = if case .v4 = base { 32 } else { 128 }
        guard parts.count == 2 else {
            self.init(base, prefixLength: whole)
            return
        }
        guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let length = Int(parts[1])
        else { return nil }
        self.init(base, prefixLength: length)
    }

    package func contains(_ address: IPAddress) -> Bool {
        switch (base, address) {
        case (.v4(let base), .v4(let other)):
            prefixLength == 0 || base >> UInt32(32 - prefixLength) == other >> UInt32(32 - prefixLength)
        case (.v6(let base), .v6(let other)):
            prefixLength == 0 || base >> UInt128(128 - prefixLength) == other >> UInt128(128 - prefixLength)
        default: false
        }
    }

    package var description: String { "\(base)/\(prefixLength)" }
}
