/// Finds the tags of an XML document, in one pass over its bytes.
///
/// It reads what SOAP needs: elements by their qualified names. Document types are refused, so there are no entities to
/// expand; names, nesting and characters are not validated.
struct XMLScanner {
    enum Token: Hashable {
        /// `range` is the whole tag; `isEmpty`: `<a/>`.
        case start(name: XMLName, range: Range<Int>, isEmpty: Bool)
        case end(name: XMLName, range: Range<Int>)
        /// Character data as it is written.
        case text(Range<Int>)
        /// Character data of a CDATA section.
        case literal(Range<Int>)
    }

    /// The document is not well-formed or declares a type.
    struct Malformed: Error {}

    let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next token; nil at the end. Comments and processing instructions are passed over.
    mutating func next() throws(Malformed) -> Token? {
        while position < bytes.count {
            let start = position
            guard bytes[start] == UInt8(ascii: "<") else {
                position = bytes[start...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
                return .text(start..<position)
            }
            if starts(with: "<?") {
                try skip(past: "?>")
            } else if starts(with: "<!--") {
                try skip(past: "-->")
            } else if starts(with: "<![CDATA[") {
                try skip(past: "]]>")
                return .literal((start + 9)..<(position - 3))
            } else if starts(with: "<!") {
                throw Malformed()
            } else {
                return try tag()
            }
        }
        return nil
    }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func tag() throws(Malformed) -> Token {
        let start = position
        let isEnd = starts(with: "</")
        let nameStart = start + (isEnd ? 2 : 1)
        let nameEnd = bytes[nameStart...].firstIndex { " \t\r\n/>".utf8.contains($0) } ?? bytes.count
        guard nameEnd > nameStart, let end = tagEnd(from: nameEnd) else { throw Malformed() }
        position = end + 1
        let name = XMLName(string(nameStart..<nameEnd))
        let isEmpty = !isEnd && bytes[end - 1] == UInt8(ascii: "/")
        return isEnd
            ? .end(name: name, range: start..<position)
            : .start(name: name, range: start..<position, isEmpty: isEmpty)
    }

    /// Position of the `>` that ends a tag: one in an attribute's value does not.
    private func tagEnd(from start: Int) -> Int? {
        var quote: UInt8?
        for index in start..<bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index
            } else if byte == UInt8(ascii: "<") {
                return nil
            }
        }
        return nil
    }

    private func starts(with mark: StaticString) -> Bool {
        position + mark.utf8CodeUnitCount <= bytes.count
            && mark.withUTF8Buffer { $0.elementsEqual(bytes[position..<(position + $0.count)]) }
    }

    private mutating func skip(past mark: StaticString) throws(Malformed) {
        position += 2
        while position < bytes.count {
            if starts(with: mark) {
                position += mark.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw Malformed()
    }
}

/// Qualified name of an element.
struct XMLName: Hashable {
    /// Empty without one.
    let prefix: String
    let local: String

    init(_ qualified: String) {
        let parts = qualified.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        prefix = parts.count == 2 ? String(parts[0]) : ""
        local = String(parts.last ?? "")
    }

    var qualified: String { prefix.isEmpty ? local : "\(prefix):\(local)" }
}
