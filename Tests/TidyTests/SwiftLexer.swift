/// One word, symbol or literal of Swift source.
struct Token: Equatable, Sendable {
    enum Kind: Sendable {
        /// A name, keyword or number.
        case word
        /// One byte of punctuation.
        case symbol
        /// A string literal; `text` is what stands between its quotes, as written.
        case string
    }

    let kind: Kind
    let text: String
    /// 1-based.
    let line: Int
    /// No blank stands before it: tells `try!` from `try !done`.
    let isAttached: Bool
}

/// Cuts Swift source into tokens and leaves comments out, so that rules judge code and not what is said
/// about it. Knows nested comments, raw and multi-line strings and interpolations, whose code counts.
struct SwiftLexer {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var tokens: [Token] = []

    /// For each byte, whether it may stand in a name; bytes beyond ASCII may. A table, as this is asked for
    /// every byte of the repository in an unoptimised build.
    private static let wordBytes: [Bool] = (0...255).map { byte in
        let character = Character(Unicode.Scalar(UInt8(byte)))
        return byte >= 0x80 || character.isLetter || character.isNumber || character == "_"
    }

    private init(_ source: String) {
        bytes = Array(source.utf8)
    }

    static func tokens(of source: String) -> [Token] {
        var lexer = SwiftLexer(source)
        lexer.scanCode(inInterpolation: false)
        return lexer.tokens
    }

    /// Stops at the end, in an interpolation behind its closing parenthesis.
    private mutating func scanCode(inInterpolation: Bool) {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if isWordByte(byte) {
                scanWord()
            } else if byte == UInt8(ascii: "/"), starts(with: "//") {
                skipLine()
            } else if byte == UInt8(ascii: "/"), starts(with: "/*") {
                skipBlockComment()
            } else if let hashes = stringDelimiterHashes() {
                scanString(hashes: hashes)
            } else if byte == UInt8(ascii: "`") {
                scanQuotedWord()
            } else if byte == UInt8(ascii: "\n") {
                line += 1
                position += 1
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") {
                position += 1
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if inInterpolation, depth == 0 {
                        position += 1
                        return
                    }
                    depth -= 1
                }
                append(.symbol, from: position, to: position + 1, line: line)
                position += 1
            }
        }
    }

    private mutating func scanWord() {
        let start = position
        while position < bytes.count, isWordByte(bytes[position]) { position += 1 }
        append(.word, from: start, to: position, line: line)
    }

    /// A name in backticks, which may hold anything but a line end.
    private mutating func scanQuotedWord() {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "`"), bytes[position] != UInt8(ascii: "\n") {
            position += 1
        }
        append(.word, from: start, to: position, line: line)
        if position < bytes.count, bytes[position] == UInt8(ascii: "`") { position += 1 }
    }

    private mutating func scanString(hashes: Int) {
        let startLine = line
        let attached = isAttached(position)
        position += hashes
        let isMultiline = starts(with: "\"\"\"")
        let quotes = isMultiline ? "\"\"\"" : "\""
        let hashText = String(repeating: "#", count: hashes)
        let closing = quotes + hashText
        let escape = "\\" + hashText
        position += quotes.utf8.count
        let start = position
        var end = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\""), starts(with: closing) {
                end = position
                position += closing.utf8.count
                break
            }
            if byte == UInt8(ascii: "\\"), starts(with: escape + "(") {
                position += 2 + hashes
                scanCode(inInterpolation: true)
            } else if byte == UInt8(ascii: "\\"), starts(with: escape) {
                position += 2 + hashes
            } else if byte == UInt8(ascii: "\n") {
                // A quote that opens no literal, as in a regular expression, ends with its line.
                if !isMultiline { return }
                line += 1
                position += 1
            } else {
                position += 1
            }
            end = min(position, bytes.count)
        }
        let text = String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
        tokens.append(Token(kind: .string, text: text, line: startLine, isAttached: attached))
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        while position < bytes.count {
            if starts(with: "/*") {
                depth += 1
                position += 2
            } else if starts(with: "*/") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                if bytes[position] == UInt8(ascii: "\n") { line += 1 }
                position += 1
            }
        }
    }

    /// The number of `#` before the quote if a string literal starts here.
    private func stringDelimiterHashes() -> Int? {
        guard bytes[position] == UInt8(ascii: "#") || bytes[position] == UInt8(ascii: "\"") else { return nil }
        var index = position
        while index < bytes.count, bytes[index] == UInt8(ascii: "#") { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
        return index - position
    }

    private func starts(with text: String) -> Bool {
        var index = position
        for byte in text.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        Self.wordBytes[Int(byte)]
    }

    private func isAttached(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = bytes[index - 1]
        return before != UInt8(ascii: " ") && before != UInt8(ascii: "\n") && before != UInt8(ascii: "\t")
    }

    private mutating func append(_ kind: Token.Kind, from start: Int, to end: Int, line: Int) {
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        tokens.append(Token(kind: kind, text: text, line: line, isAttached: isAttached(start)))
    }
}
