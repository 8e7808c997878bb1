/// Takes away what could command a terminal: text from jobs and other users is only text.
enum TerminalText {
    private static let escape: UInt8 = 0x1B
    /// First byte of the UTF-8 form of the controls U+0080 to U+009F.
    private static let secondControlsLead: UInt8 = 0xC2

    /// The bytes without control sequences and control characters, save line ends and tabs.
    static func harmless(_ bytes: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        clean.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\t"): clean.append(byte)
            case escape:
                guard rest.first == UInt8(ascii: "[") else { continue }
                // A control sequence ends with the first byte from @ to ~.
                rest = rest.dropFirst().drop { !(0x40...0x7E).contains($0) }.dropFirst()
            case 0x00..<0x20, 0x7F: continue
            case secondControlsLead where (0x80...0x9F).contains(rest.first ?? 0): rest.removeFirst()
            default: clean.append(byte)
            }
        }
        return clean
    }

    /// The text as one harmless line.
    static func line(_ text: String) -> String {
        let flat = text.utf8.map { [UInt8(ascii: "\n"), UInt8(ascii: "\t")].contains($0) ? UInt8(ascii: " ") : $0 }
        return String(decoding: harmless(flat), as: UTF8.self)
    }
}
