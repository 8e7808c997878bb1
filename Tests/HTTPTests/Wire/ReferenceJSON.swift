/// A second judge of JSON texts, written for obviousness: it works on scalars that the standard library has decoded
/// and follows the grammar of RFC 8259 rule by rule, recursively.
enum ReferenceJSON {
    enum Verdict { case json, malformed, badText }

    static func verdict(on bytes: [UInt8]) -> Verdict {
        // Bytes that are no UTF-8 become private-use scalars, so that the grammar decides which fault comes first.
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var scalars: [Unicode.Scalar] = []
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): scalars.append(scalar)
            case .error: scalars.append(broken)
            case .emptyInput: break decoding
            }
        }
        var parser = Parser(rest: scalars[...])
        do throws(Verdict) {
            try parser.value(depth: 0)
            parser.blanks()
            guard parser.rest.isEmpty else { throw parser.fault }
            return .json
        } catch {
            return error
        }
    }

    /// Stands for broken UTF-8; samples never hold it.
    private static let broken: Unicode.Scalar = "\u{10FFFE}"

    private struct Parser {
        var rest: ArraySlice<Unicode.Scalar>

        /// What is wrong with the next scalar where the grammar does not want it.
        var fault: Verdict { rest.first == broken || rest.first == "\0" ? .badText : .malformed }

        mutating func blanks() { rest = rest.drop { " \t\r\n".unicodeScalars.contains($0) } }

        mutating func want(_ text: String) throws(Verdict) {
            for scalar in text.unicodeScalars {
                guard rest.first == scalar else { throw fault }
                rest.removeFirst()
            }
        }

        mutating func value(depth: Int) throws(Verdict) {
            blanks()
            guard let first = rest.first else { throw .malformed }
            switch first {
            case "{": try list(close: "}", isObject: true, depth: depth)
            case "[": try list(close: "]", isObject: false, depth: depth)
            case "\"": try string()
            case "t": try want("true")
            case "f": try want("false")
            case "n": try want("null")
            default: try number()
            }
        }

        mutating func list(close: Unicode.Scalar, isObject: Bool, depth: Int) throws(Verdict) {
            guard depth < 64 else { throw .malformed }
            rest.removeFirst()
            blanks()
            if rest.first == close {
                rest.removeFirst()
                return
            }
            while true {
                blanks()
                if isObject {
                    try string()
                    blanks()
                    try want(":")
                }
                try value(depth: depth + 1)
                blanks()
                if rest.first == close {
                    rest.removeFirst()
                    return
                }
                try want(",")
            }
        }

        mutating func string() throws(Verdict) {
            try want("\"")
            while let scalar = rest.first, scalar != "\"" {
                guard scalar.value >= 0x20, scalar != broken else { throw fault }
                rest.removeFirst()
                guard scalar == "\\" else { continue }
                guard let letter = rest.first, "\"\\/bfnrtu".unicodeScalars.contains(letter) else { throw fault }
                rest.removeFirst()
                if letter == "u" { try escapedScalar() }
            }
            try want("\"")
        }

        mutating func escapedScalar() throws(Verdict) {
            let unit = try fourDigits()
            if unit == 0 || (0xDC00...0xDFFF).contains(unit) { throw .badText }
            guard (0xD800...0xDBFF).contains(unit) else { return }
            guard rest.starts(with: "\\u".unicodeScalars) else { throw .badText }
            rest.removeFirst(2)
            guard (0xDC00...0xDFFF).contains(try fourDigits()) else { throw .badText }
        }

        mutating func fourDigits() throws(Verdict) -> Int {
            let digits = rest.prefix(4)
            if let wrong = digits.firstIndex(where: { !$0.properties.isASCIIHexDigit }) {
                rest = rest[wrong...]
                throw fault
            }
            rest.removeFirst(digits.count)
            guard digits.count == 4 else { throw fault }
            return Int(String(String.UnicodeScalarView(digits)), radix: 16) ?? 0
        }

        mutating func number() throws(Verdict) {
            if rest.first == "-" { rest.removeFirst() }
            if rest.first == "0" { rest.removeFirst() } else { try digits() }
            if rest.first == "." {
                rest.removeFirst()
                try digits()
            }
            if rest.first == "e" || rest.first == "E" {
                rest.removeFirst()
                if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
                try digits()
            }
        }

        mutating func digits() throws(Verdict) {
            guard let first = rest.first, ("0"..."9").contains(first) else { throw fault }
            rest = rest.drop { ("0"..."9").contains($0) }
        }
    }
}

extension ReferenceJSON.Verdict: Error {}
