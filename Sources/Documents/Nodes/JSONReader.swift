/// Reads JSON (RFC 8259) into nodes that know their lines, in one pass without recursion deeper than the limit.
///
/// Duplicate members are kept for the caller to report; everything else that is not JSON ends the reading.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    private struct Failure: Error {
        let message: String
    }

    /// Reads a text of exactly one value.
    static func read(_ bytes: [UInt8]) -> NodeReading {
        var reader = JSONReader(bytes)
        var reading = NodeReading()
        do throws(Failure) {
            reader.skipBlanks()
            let node = try reader.value(depth: 1)
            reader.skipBlanks()
            guard reader.position == bytes.count else { throw Failure(message: "text after the end of the value") }
            reading.documents = [node]
        } catch {
            reading.report("", reader.line, error.message)
        }
        return reading
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            default: return
            }
            position += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> DocumentNode {
        guard depth <= DocumentLimits.depthMax else {
            throw Failure(message: "nested deeper than \(DocumentLimits.depthMax) levels")
        }
        let start = line
        let content: DocumentNode.Content
        guard let byte = next else { throw Failure(message: "the text ends where a value is expected") }
        switch byte {
        case UInt8(ascii: "{"): content = try mapping(depth: depth)
        case UInt8(ascii: "["): content = try sequence(depth: depth)
        case UInt8(ascii: "\""): content = .string(try string())
        case UInt8(ascii: "t"): content = try word("true", .boolean(true))
        case UInt8(ascii: "f"): content = try word("false", .boolean(false))
        case UInt8(ascii: "n"): content = try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = .number(try number())
        default: throw Failure(message: "a value is expected")
        }
        return DocumentNode(content: content, line: start)
    }

    private mutating func mapping(depth: Int) throws(Failure) -> DocumentNode.Content {
        position += 1
        var members: [DocumentNode.Member] = []
        skipBlanks()
        if take("}") { return .mapping(members) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw Failure(message: "the name of a member is expected") }
            let keyLine = line
            let key = try string()
            skipBlanks()
            guard take(":") else { throw Failure(message: "a colon is expected") }
            skipBlanks()
            members.append(DocumentNode.Member(key: key, line: keyLine, value: try value(depth: depth + 1)))
            skipBlanks()
        } while take(",")
        guard take("}") else { throw Failure(message: "a comma or closing brace is expected") }
        return .mapping(members)
    }

    private mutating func sequence(depth: Int) throws(Failure) -> DocumentNode.Content {
        position += 1
        var items: [DocumentNode] = []
        skipBlanks()
        if take("]") { return .sequence(items) }
        repeat {
            skipBlanks()
            items.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(",")
        guard take("]") else { throw Failure(message: "a comma or closing bracket is expected") }
        return .sequence(items)
    }

    private mutating func word(
        _ word: StaticString,
        _ content: DocumentNode.Content
    ) throws(Failure) -> DocumentNode.Content {
        let expected = Array("\(word)".utf8)
        guard bytes[position...].starts(with: expected) else { throw Failure(message: "a value is expected") }
        position += expected.count
        return content
    }

    private mutating func number() throws(Failure) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Failure) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw Failure(message: "a digit is expected") }
    }

    // MARK: - Strings

    private mutating func string() throws(Failure) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                content.append(contentsOf: try escape())
            case 0..<0x20: throw Failure(message: "a control character stands bare in a string")
            default:
                content.append(byte)
                position += 1
            }
        }
        throw Failure(message: "a string is not closed")
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        guard let byte = next else { throw Failure(message: "a string is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw Failure(message: "an escape that JSON does not know")
        }
    }

    /// After `\u`: one code unit, or two that form a surrogate pair.
    private mutating func scalar() throws(Failure) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), take("u") else { throw Failure(message: "half a surrogate pair") }
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw Failure(message: "half a surrogate pair") }
        return scalar
    }

    private mutating func codeUnit() throws(Failure) -> UInt16 {
        guard position + 4 <= bytes.count else { throw Failure(message: "four hexadecimal digits are expected") }
        var unit: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw Failure(message: "four hexadecimal digits are expected")
            }
            unit = unit << 4 | UInt16(digit)
        }
        position += 4
        return unit
    }
}
