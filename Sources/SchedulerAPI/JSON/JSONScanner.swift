/// Turns the bytes of a JSON text into nodes.
struct JSONScanner {
    enum Failure: Error {
        /// The text stops being JSON at this byte, counted from 0.
        case malformed(Int)
        /// A string holds NUL or is no UTF-8.
        case badText
    }

    private let bytes: [UInt8]
    private(set) var nodes: [JSONNode] = []
    private var position = 0
    /// Node indices of the arrays and objects that are open, outermost first.
    private var open: [Int] = []

    /// Request bodies have about one node for each ten bytes; denser texts let the array grow.
    private static let bytesPerNode = 10

    init(bytes: [UInt8]) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / Self.bytesPerNode + 8)
    }

    mutating func scan() throws(Failure) {
        skipBlanks()
        while try !beginValue() {}
        while let container = open.last {
            guard try goOn(in: container) else { continue }
            while try !beginValue() {}
        }
        skipBlanks()
        guard position == bytes.count else { throw .malformed(position) }
    }

    /// Reads a scalar or an empty container and returns true; or opens a container, goes to its first value and
    /// returns false.
    private mutating func beginValue() throws(Failure) -> Bool {
        let start = position
        switch byte {
        case UInt8(ascii: "\""):
            try scanString()
        case UInt8(ascii: "{"):
            try openContainer(.object)
            if byte != UInt8(ascii: "}") {
                try scanName()
                return false
            }
            closeContainer()
        case UInt8(ascii: "["):
            try openContainer(.array)
            if byte != UInt8(ascii: "]") { return false }
            closeContainer()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try scanNumber()
            append(.number, from: start, to: position)
        case UInt8(ascii: "t"):
            try scanWord("true")
            append(.boolTrue, from: start, to: position)
        case UInt8(ascii: "f"):
            try scanWord("false")
            append(.boolFalse, from: start, to: position)
        case UInt8(ascii: "n"):
            try scanWord("null")
            append(.null, from: start, to: position)
        default:
            throw .malformed(position)
        }
        return true
    }

    /// After a value: goes to the container's next one and returns true, or closes the container.
    private mutating func goOn(in container: Int) throws(Failure) -> Bool {
        skipBlanks()
        let isObject = nodes[container].kind == .object
        switch byte {
        case UInt8(ascii: ","):
            position += 1
            skipBlanks()
            if isObject { try scanName() }
            return true
        case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
            closeContainer()
            return false
        default:
            throw .malformed(position)
        }
    }

    private mutating func openContainer(_ kind: JSONNode.Kind) throws(Failure) {
        guard open.count < JSONReader.depthMax else { throw .malformed(position) }
        open.append(nodes.count)
        nodes.append(JSONNode(kind: kind, start: Int32(position), end: 0, next: 0))
        position += 1
        skipBlanks()
    }

    private mutating func closeContainer() {
        position += 1
        let container = open.removeLast()
        nodes[container].end = Int32(position)
        nodes[container].next = Int32(nodes.count)
    }

    /// A member name with its colon, and the blanks around that.
    private mutating func scanName() throws(Failure) {
        guard byte == UInt8(ascii: "\"") else { throw .malformed(position) }
        try scanString()
        skipBlanks()
        guard byte == UInt8(ascii: ":") else { throw .malformed(position) }
        position += 1
        skipBlanks()
    }

    private mutating func append(_ kind: JSONNode.Kind, from start: Int, to end: Int) {
        nodes.append(JSONNode(kind: kind, start: Int32(start), end: Int32(end), next: Int32(nodes.count + 1)))
    }

    /// The byte at the position; 0, which no token begins with, after the end.
    private var byte: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipBlanks() {
        while position < bytes.count, JSONText.isBlank(bytes[position]) { position += 1 }
    }

    private mutating func scanWord(_ word: StaticString) throws(Failure) {
        for character in word.description.utf8 {
            guard byte == character else { throw .malformed(position) }
            position += 1
        }
    }

    private mutating func scanNumber() throws(Failure) {
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == UInt8(ascii: "0") {
            position += 1
        } else {
            try scanDigits()
        }
        if byte == UInt8(ascii: ".") {
            position += 1
            try scanDigits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try scanDigits()
        }
    }

    private mutating func scanDigits() throws(Failure) {
        guard JSONText.isDigit(byte) else { throw .malformed(position) }
        repeat { position += 1 } while JSONText.isDigit(byte)
    }

    /// From the opening quote to behind the closing one.
    private mutating func scanString() throws(Failure) {
        let start = position + 1
        var kind = JSONNode.Kind.string
        position = start
        while true {
            while position < bytes.count, JSONText.isPlain(bytes[position]) { position += 1 }
            guard position < bytes.count else { throw .malformed(position) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                append(kind, from: start, to: position)
                position += 1
                return
            case UInt8(ascii: "\\"):
                kind = .escapedString
                try scanEscape()
            case 0x80...:
                guard let length = JSONText.sequenceLength(bytes, at: position) else { throw .badText }
                position += length
            default:
                throw .malformed(position)
            }
        }
    }

    private mutating func scanEscape() throws(Failure) {
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            switch try scanHexadecimal() {
            case 0, 0xDC00...0xDFFF:
                throw .badText
            case 0xD800...0xDBFF:
                guard byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
                    bytes[position + 1] == UInt8(ascii: "u")
                else { throw .badText }
                position += 2
                guard (0xDC00...0xDFFF).contains(try scanHexadecimal()) else { throw .badText }
            default:
                break
            }
        default:
            throw .malformed(position)
        }
    }

    private mutating func scanHexadecimal() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = JSONText.hexadecimalDigit(byte) else { throw .malformed(position) }
            value = value << 4 | digit
            position += 1
        }
        return value
    }
}
