/// Percent-encoding of URLs (RFC 3986 §2.1).
enum PercentCoding {
    /// The text; nil if it holds NUL or is no UTF-8. A percent sign before anything but two digits stands for itself.
    static func decoded(_ text: some Collection<UInt8>, plusIsBlank: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index != text.endIndex {
            let byte = text[index]
            text.formIndex(after: &index)
            if byte == UInt8(ascii: "%"), let (value, next) = escape(text, at: index) {
                bytes.append(value)
                index = next
            } else {
                bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else { return nil }
        // The parser below puts this mark where a raw byte was no UTF-8; in a URL it can stand only for that.
        return decoded.unicodeScalars.contains("\u{FFFD}") ? nil : decoded
    }

    private static func escape<Text: Collection<UInt8>>(
        _ text: Text,
        at index: Text.Index
    ) -> (value: UInt8, next: Text.Index)? {
        guard index != text.endIndex, let high = digit(text[index]) else { return nil }
        let second = text.index(after: index)
        guard second != text.endIndex, let low = digit(text[second]) else { return nil }
        return (high << 4 | low, text.index(after: second))
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
