/// Passes elements, texts and CDATA of a document on, empties comments and processing instructions, and refuses
/// declarations of types and entities.
///
/// It tells apart what XML tells apart, and refuses what would make two readers disagree on that, so that nothing
/// reaches the parser that was not looked at. Foundation's parser comes down on a processing instruction without data,
/// therefore it sees none; the XML declaration goes with them.
struct MarkupFilter {
    private let text: [UInt8]
    private var position = 0
    private var line = 1
    private var output: [UInt8] = []

    init(_ text: [UInt8]) {
        self.text = text
        output.reserveCapacity(text.count)
    }

    /// The document with the same lines.
    mutating func filtered() throws(XMLRefusal) -> [UInt8] {
        while position < text.count {
            guard text[position] == UInt8(ascii: "<") else {
                pass(1)
                continue
            }
            if isHere("<!--") {
                try empty(after: "<!--", through: "-->")
            } else if isHere("<?") {
                try empty(after: "<?", through: "?>")
            } else if isHere("<![CDATA[") {
                pass(try length(after: "<![CDATA[", through: "]]>"))
            } else if isHere("<!") {
                let word = text[(position + 2)...].prefix(7).map { $0 | 0x20 }
                let isKnown = word.starts(with: "doctype".utf8) || word.starts(with: "entity".utf8)
                throw XMLRefusal(line, isKnown ? Self.refusal : Self.malformed)
            } else {
                try passTag()
            }
        }
        return output
    }

    static let refusal = "document type declarations are refused"
    private static let malformed = "the text is no well-formed XML"
    private static let endsEarly = "the text is no well-formed XML (it ends too early)"

    /// Passes a tag. `<` stands in none, not even in a value.
    private mutating func passTag() throws(XMLRefusal) {
        pass(1)
        var quote: UInt8?
        var values = 0
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "<") { throw XMLRefusal(line, Self.malformed) }
            pass(1)
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
                values += 1
                guard values <= OracleXMLLimits.attributesMax else {
                    throw XMLRefusal(line, "an element with more than \(OracleXMLLimits.attributesMax) attributes")
                }
            } else if byte == UInt8(ascii: ">") {
                return
            }
        }
        throw XMLRefusal(line, Self.endsEarly)
    }

    /// Puts a comment that holds only the ends of lines in the place of something: it is no text, and lines stay.
    private mutating func empty(after start: String, through end: String) throws(XMLRefusal) {
        let length = try length(after: start, through: end)
        output += "<!--".utf8
        for byte in text[position..<(position + length)] where byte == UInt8(ascii: "\n") {
            output.append(byte)
            line += 1
        }
        output += "-->".utf8
        position += length
    }

    /// Length of what begins here, its end included.
    private func length(after start: String, through end: String) throws(XMLRefusal) -> Int {
        let end = Array(end.utf8)
        var index = position + start.utf8.count
        while index + end.count <= text.count {
            if text[index] == end[0], text[index..<(index + end.count)].elementsEqual(end) {
                return index + end.count - position
            }
            index += 1
        }
        throw XMLRefusal(line, Self.endsEarly)
    }

    private func isHere(_ start: String) -> Bool { text[position...].starts(with: start.utf8) }

    private mutating func pass(_ length: Int) {
        for byte in text[position..<(position + length)] {
            if byte == UInt8(ascii: "\n") { line += 1 }
            output.append(byte)
        }
        position += length
    }
}
