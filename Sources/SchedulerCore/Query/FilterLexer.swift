/// Splits a filter into tokens, one at a time from left to right, so that the leftmost error is the one reported.
///
/// Every code point is read once.
struct FilterLexer {
    private let scalars: [Unicode.Scalar]
    private var offset = 0
    /// Whether the last token ends only at a blank or a parenthesis.
    private var needsBlank = false
    /// Code points read, for tests of linear time.
    private(set) var steps = 0

    /// Fails with ESS-05018 if the text is too long.
    init(_ text: String) throws(SchedulerError) {
        scalars = Array(text.unicodeScalars.prefix(FilterLimits.codePointsMax + 1))
        guard scalars.count <= FilterLimits.codePointsMax else { throw SchedulerError(5018) }
    }

    /// The next token, `end` for ever after the last. Fails with ESS-05010.
    mutating func next() throws(SchedulerError) -> FilterToken {
        let isApart = skipBlanks()
        let start = offset
        guard let first = current else { return FilterToken(kind: .end, range: start..<start) }
        if first == "(" || first == ")" {
            advance()
            needsBlank = false
            return FilterToken(kind: first == "(" ? .open : .close, range: start..<offset)
        }
        guard isApart || !needsBlank else { throw syntaxError(at: start) }
        let kind: FilterToken.Kind
        switch first {
        case "\"", "'": kind = .text(try text(in: first))
        case "-", "0"..."9": kind = .number(try number())
        case _ where Self.startsWord(first): kind = .word(word())
        default: throw syntaxError(at: start)
        }
        needsBlank = true
        return FilterToken(kind: kind, range: start..<offset)
    }

    /// The token as written, cut to what an error may quote.
    func source(of token: FilterToken) -> String {
        let start = token.range.lowerBound
        let end = min(token.range.upperBound, start + FilterLimits.quotedCodePointsMax)
        return Self.string(scalars[start..<end]) + (end < token.range.upperBound ? "…" : "")
    }

    // MARK: - Words and numbers

    private mutating func word() -> String {
        let start = offset
        while let scalar = current, Self.continuesWord(scalar) { advance() }
        return Self.string(scalars[start..<offset])
    }

    /// A number of JSON's form (RFC 8259 §6).
    private mutating func number() throws(SchedulerError) -> String {
        let start = offset
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return Self.string(scalars[start..<offset])
    }

    private mutating func digits() throws(SchedulerError) {
        guard let first = current, Self.isDigit(first) else { throw syntaxError(at: offset) }
        while let scalar = current, Self.isDigit(scalar) { advance() }
    }

    // MARK: - Quoted text

    /// Text in the quotes that open it, with the escapes of JSON (RFC 8259 §7) and `\'`.
    private mutating func text(in quote: Unicode.Scalar) throws(SchedulerError) -> String {
        let start = offset
        advance()
        var text = String.UnicodeScalarView()
        while let scalar = current {
            if scalar == quote {
                advance()
                return String(text)
            }
            if scalar == "\\" {
                text.append(try escape())
            } else if scalar.value < 0x20 {
                throw syntaxError(at: offset)
            } else {
                text.append(scalar)
                advance()
            }
        }
        throw syntaxError(at: start)
    }

    private mutating func escape() throws(SchedulerError) -> Unicode.Scalar {
        let start = offset
        advance()
        guard let selector = current else { throw syntaxError(at: start) }
        advance()
        switch selector {
        case "\"", "'", "\\", "/": return selector
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            guard let unit = codeUnit(), let scalar = scalar(startingWith: unit) else { throw syntaxError(at: start) }
            return scalar
        default: throw syntaxError(at: start)
        }
    }

    /// The code point of a UTF-16 unit, for the first half of a pair together with the second that must follow.
    private mutating func scalar(startingWith unit: UInt32) -> Unicode.Scalar? {
        guard (0xD800...0xDBFF).contains(unit) else { return Unicode.Scalar(unit) }
        guard take("\\"), take("u"), let low = codeUnit(), (0xDC00...0xDFFF).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func codeUnit() -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = current, let digit = Self.hexadecimalValue(of: scalar) else { return nil }
            unit = unit << 4 | digit
            advance()
        }
        return unit
    }

    // MARK: - Code points

    private var current: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    private mutating func advance() {
        offset += 1
        steps += 1
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        advance()
        return true
    }

    /// Whether there was a blank.
    private mutating func skipBlanks() -> Bool {
        let start = offset
        while let scalar = current, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" { advance() }
        return offset > start
    }

    private func syntaxError(at offset: Int) -> SchedulerError { SchedulerError(5010, String(offset + 1)) }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func startsWord(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar == "$"
    }

    /// Takes in what names of other SCIM services hold, so that they are reported whole as unknown.
    private static func continuesWord(_ scalar: Unicode.Scalar) -> Bool {
        startsWord(scalar) || isDigit(scalar) || scalar == "-" || scalar == "." || scalar == ":"
    }

    private static func hexadecimalValue(of scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "0"..."9": scalar.value - Unicode.Scalar("0").value
        case "a"..."f": scalar.value - Unicode.Scalar("a").value + 10
        case "A"..."F": scalar.value - Unicode.Scalar("A").value + 10
        default: nil
        }
    }
}
