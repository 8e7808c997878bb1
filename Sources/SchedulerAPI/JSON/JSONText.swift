/// Classes of bytes and the text of strings in JSON.
enum JSONText {
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// ASCII that stands for itself in a string.
    static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// Length of the UTF-8 sequence of two to four bytes that begins here (RFC 3629 §4); nil if it is none.
    static func sequenceLength(_ bytes: [UInt8], at position: Int) -> Int? {
        let lead = bytes[position]
        let length: Int
        // The second byte's range shuts out overlong forms, surrogates and what lies beyond U+10FFFF.
        let second: ClosedRange<UInt8>
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { return nil }
        for index in (position + 2)..<max(position + 2, position + length) {
            guard (0x80...0xBF).contains(bytes[index]) else { return nil }
        }
        return length
    }

    /// Whether the byte here, if there is one, is neither NUL nor the begin of a broken UTF-8 sequence.
    static func isValid(_ bytes: [UInt8], at position: Int) -> Bool {
        guard position < bytes.count else { return true }
        let byte = bytes[position]
        return byte < 0x80 ? byte != 0 : sequenceLength(bytes, at: position) != nil
    }

    /// The text of a string node.
    static func string(_ node: JSONNode, of bytes: [UInt8]) -> String {
        let range = Int(node.start)..<Int(node.end)
        guard node.kind == .escapedString else { return String(decoding: bytes[range], as: UTF8.self) }
        return String(decoding: unescaped(bytes[range]), as: UTF8.self)
    }

    /// Whether a string node has this text, byte by byte; strings are made only where there are escapes.
    static func equals(_ text: String, _ node: JSONNode, of bytes: [UInt8]) -> Bool {
        guard node.kind == .string else { return string(node, of: bytes).utf8.elementsEqual(text.utf8) }
        guard Int(node.end - node.start) == text.utf8.count else { return false }
        var position = Int(node.start)
        for byte in text.utf8 {
            guard bytes[position] == byte else { return false }
            position += 1
        }
        return true
    }

    /// The bytes of a string whose escapes the scanner has found to be well-formed.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = text.startIndex
        while position < text.endIndex {
            guard text[position] == UInt8(ascii: "\\") else {
                result.append(text[position])
                position += 1
                continue
            }
            position += 2
            switch text[position - 1] {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = codeUnit(text, at: position)
                position += 4
                if (0xD800...0xDBFF).contains(scalar) {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (codeUnit(text, at: position + 2) - 0xDC00)
                    position += 6
                }
                if let scalar = Unicode.Scalar(scalar) { result.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            case let character: result.append(character)
            }
        }
        return result
    }

    private static func codeUnit(_ text: ArraySlice<UInt8>, at position: Int) -> UInt32 {
        text[position..<(position + 4)].reduce(0) { $0 << 4 | (hexadecimalDigit($1) ?? 0) }
    }
}
