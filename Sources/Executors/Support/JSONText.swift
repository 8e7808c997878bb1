/// Writes JSON (RFC 8259) in a given order of members; strings stay UTF-8, only what must be is escaped.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func object(_ members: (inout JSONText) -> Void) { enclosed("{", "}", members) }

    mutating func array(_ elements: (inout JSONText) -> Void) { enclosed("[", "]", elements) }

    mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func string(_ text: String) {
        separate()
        quote(text)
        needsComma = true
    }

    mutating func integer(_ number: some BinaryInteger) {
        separate()
        bytes += Array(String(number).utf8)
        needsComma = true
    }

    /// A member with text; nothing if there is none.
    mutating func member(_ name: String, _ text: String?) {
        guard let text else { return }
        key(name)
        string(text)
    }

    /// A member with a number; nothing if there is none.
    mutating func member(_ name: String, _ number: Int64?) {
        guard let number else { return }
        key(name)
        integer(number)
    }

    /// The inside of a JSON string.
    static func escaped(_ text: String) -> String {
        var json = JSONText()
        json.quote(text)
        return String(decoding: json.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    private mutating func enclosed(_ start: Unicode.Scalar, _ end: Unicode.Scalar, _ inside: (inout JSONText) -> Void) {
        separate()
        bytes.append(UInt8(ascii: start))
        needsComma = false
        inside(&self)
        bytes.append(UInt8(ascii: end))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += Array(#"\n"#.utf8)
            case 0x0D: bytes += Array(#"\r"#.utf8)
            case 0x09: bytes += Array(#"\t"#.utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += Array(#"\u00"#.utf8) + Array((byte < 0x10 ? "0" : "").utf8) + Array(digits.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
