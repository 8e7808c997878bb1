extension IPAddress {
    /// Reads `192.0.2.1` (four decimal numbers without leading zeros) or an IPv6 address without brackets and zone.
    package init?(_ text: some StringProtocol) {
        if let bits = Self.dottedQuad(text) {
            self = .v4(bits)
        } else if let bits = Self.groups(text) {
            self = .v6(bits)
        } else {
            return nil
        }
    }

    /// Reads what resolvers take for an IPv4 address although it does not look like one: one to four numbers, decimal,
    /// octal (`0…`) or hexadecimal (`0x…`), the last filling the rest: `0x7f.1`, `2130706433`, `010.0.0.1`.
    package init?(numeric text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var bits: UInt32 = 0
        for (index, part) in parts.enumerated() {
            guard let number = Self.number(String(decoding: part, as: UTF8.self)) else { return nil }
            if index < parts.count - 1 {
                guard number < 256 else { return nil }
                bits |= UInt32(number) << UInt32(24 - 8 * index)
            } else {
                guard number < 1 << UInt64(32 - 8 * index) else { return nil }
                bits |= UInt32(number)
            }
        }
        self = .v4(bits)
    }

    /// True if resolvers try to read the text as a number: its last label is one.
    package static func looksNumeric(_ host: some StringProtocol) -> Bool {
        guard let last = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last,
            let first = last.first, isDigit(first)
        else { return false }
        return last.allSatisfy(isDigit) || number(String(decoding: last, as: UTF8.self)) != nil
    }

    private static func number(_ text: String) -> UInt64? {
        let lower = text.lowercased()
        if lower == "0x" { return 0 }
        let (digits, radix): (Substring, Int) =
            if lower.hasPrefix("0x") {
                (lower.dropFirst(2), 16)
            } else if lower.hasPrefix("0"), lower.utf8.count > 1 {
                (lower.dropFirst(), 8)
            } else {
                (lower[...], 10)
            }
        // `UInt64` would take a sign.
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        return UInt64(digits, radix: radix)
    }

    private static func dottedQuad(_ text: some StringProtocol) -> UInt32? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(isDigit),
                part.count == 1 || part.first != UInt8(ascii: "0"),
                let octet = UInt8(String(decoding: part, as: UTF8.self))
            else { return nil }
            bits = bits << 8 | UInt32(octet)
        }
        return bits
    }

    private static func groups(_ text: some StringProtocol) -> UInt128? {
        let text = String(text)
        guard text.utf8.count <= 45, text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let rest = text.utf8[...]
        let halves: [[UInt16]]
        if let gap = firstGap(in: rest) {
            let tail = rest[rest.index(gap, offsetBy: 2)...]
            guard firstGap(in: tail) == nil, let head = list(rest[..<gap], endsAddress: false),
                let end = list(tail, endsAddress: true), head.count + end.count < 8
            else { return nil }
            halves = [head, [UInt16](repeating: 0, count: 8 - head.count - end.count), end]
        } else {
            guard let all = list(rest, endsAddress: true), all.count == 8 else { return nil }
            halves = [all]
        }
        return halves.joined().reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
    }

    private static func firstGap(in text: Substring.UTF8View) -> String.Index? {
        let colon = UInt8(ascii: ":")
        return text.indices.first { index in
            let next = text.index(after: index)
            return next < text.endIndex && text[index] == colon && text[next] == colon
        }
    }

    /// Groups between single colons; the last may be a dotted quad if the address ends here.
    private static func list(_ text: Substring.UTF8View, endsAddress: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            let word = String(decoding: part, as: UTF8.self)
            if endsAddress, index == parts.count - 1, let quad = dottedQuad(word) {
                groups += [UInt16(truncatingIfNeeded: quad >> 16), UInt16(truncatingIfNeeded: quad)]
            } else {
                guard (1...4).contains(part.count), part.first != UInt8(ascii: "+"), part.first != UInt8(ascii: "-"),
                    let group = UInt16(word, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
