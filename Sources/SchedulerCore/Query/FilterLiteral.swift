/// A value as a filter spells it, before the field says what it must be.
enum FilterLiteral {
    case text(String)
    /// Of JSON's form, as written.
    case number(String)
    case boolean(Bool)
    case null

    /// The literal as a value of the type, nil if it does not fit. Numbers and booleans may be quoted (REST §7).
    func value(as type: FilterFieldType) -> FilterValue? {
        switch (type, self) {
        case (.int64, .number(let spelling)), (.int64, .text(let spelling)):
            Self.integer(spelling).map(FilterValue.integer)
        case (.int, .number(let spelling)), (.int, .text(let spelling)):
            Self.integer(spelling).flatMap(Int32.init(exactly:)).map { .integer(Int64($0)) }
        case (.dateTime, .text(let text)):
            Timestamp(rfc3339: text).map(FilterValue.dateTime)
        case (.string, .text(let text)), (.metadataID, .text(let text)):
            // No attribute holds NUL, and not every store can be asked for it.
            text.utf8.contains(0) ? nil : .text(text)
        case (.enumeration(let values), .text(let text)):
            values.first { Self.isSame($0, text) }.map(FilterValue.text)
        case (.boolean, .boolean(let value)):
            .boolean(value)
        case (.boolean, .text(let text)):
            Self.isSame(text, "true") ? .boolean(true) : Self.isSame(text, "false") ? .boolean(false) : nil
        default:
            nil
        }
    }

    /// Sign and digits without leading zeros, as in JSON, within 64 bits.
    private static func integer(_ spelling: String) -> Int64? {
        let digits = spelling.utf8.first == UInt8(ascii: "-") ? spelling.utf8.dropFirst() : spelling.utf8[...]
        guard let first = digits.first, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            first != UInt8(ascii: "0") || digits.count == 1
        else { return nil }
        return Int64(spelling)
    }

    /// Equality but for the case of ASCII letters; Unicode's own case folding would let in look-alikes.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.lazy.map(lowercased).elementsEqual(right.utf8.lazy.map(lowercased))
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
