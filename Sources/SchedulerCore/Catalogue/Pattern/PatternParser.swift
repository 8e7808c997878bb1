/// Reads the grammar of `LinearPattern` by recursive descent.
struct PatternParser {
    /// Deepest nesting of groups, in levels.
    private static let depthMax = 50

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func parse() throws(LinearPattern.Refusal) -> PatternNode {
        let node = try choice()
        guard position == scalars.count else { throw refusal("a group ends that never began") }
        return node
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private func refusal(_ reason: String) -> LinearPattern.Refusal {
        LinearPattern.Refusal(reason: reason, position: position + 1)
    }

    private mutating func choice() throws(LinearPattern.Refusal) -> PatternNode {
        var parts = [try sequence()]
        while take("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence() throws(LinearPattern.Refusal) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" { parts.append(try repeated()) }
        return .sequence(parts)
    }

    private mutating func repeated() throws(LinearPattern.Refusal) -> PatternNode {
        let part = try atom()
        let bounds: (Int, Int?)
        switch next {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{": bounds = try counts()
        default: return part
        }
        position += 1
        _ = take("?")
        if let next, next == "*" || next == "+" || next == "?" || next == "{" { throw refusal("a repeat of a repeat") }
        return .repeated(part, lowest: bounds.0, highest: bounds.1)
    }

    /// `{m}`, `{m,}` or `{m,n}`; stops before the closing brace.
    private mutating func counts() throws(LinearPattern.Refusal) -> (Int, Int?) {
        position += 1
        let lowest = try number()
        var highest: Int? = lowest
        if take(",") { highest = next == "}" ? nil : try number() }
        guard next == "}" else { throw refusal("a repeat is not closed") }
        if let highest, highest < lowest { throw refusal("a repeat whose bounds are reversed") }
        return (lowest, highest)
    }

    private mutating func number() throws(LinearPattern.Refusal) -> Int {
        let start = position
        while let scalar = next, ("0"..."9").contains(scalar), position - start < 4 { position += 1 }
        guard let number = Int(String(String.UnicodeScalarView(scalars[start..<position]))) else {
            throw refusal("a number is expected")
        }
        return number
    }

    private mutating func atom() throws(LinearPattern.Refusal) -> PatternNode {
        guard let scalar = next else { throw refusal("the pattern ends too early") }
        switch scalar {
        case "(": return try group()
        case "[": return .scalar(try bracket())
        case "*", "+", "?", "{": throw refusal("there is nothing to repeat")
        case "}", "]": throw refusal("a bracket closes that never opened")
        case "\\":
            position += 1
            return .scalar(try escape())
        default: position += 1
        }
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .scalar(.anyButLineEnd)
        default: return .scalar(.single(scalar))
        }
    }

    private mutating func group() throws(LinearPattern.Refusal) -> PatternNode {
        position += 1
        guard depth < Self.depthMax else { throw refusal("groups nested too deeply") }
        if take("?"), !take(":") { throw refusal("groups with (?…) other than (?:…) are not supported") }
        depth += 1
        defer { depth -= 1 }
        let node = try choice()
        guard take(")") else { throw refusal("a group is not closed") }
        return node
    }

    /// After the backslash.
    private mutating func escape() throws(LinearPattern.Refusal) -> PatternClass {
        guard let scalar = next else { throw refusal("the pattern ends after a backslash") }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return .digits.inverted
        case "w": return .words
        case "W": return .words.inverted
        case "s": return .spaces
        case "S": return .spaces.inverted
        case "t": return .single("\t")
        case "n": return .single("\n")
        case "r": return .single("\r")
        case "f": return .single("\u{0C}")
        case "v": return .single("\u{0B}")
        default:
            guard scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
                position -= 1
                throw refusal("the escape \\\(scalar) is not supported")
            }
            return .single(scalar)
        }
    }

    private mutating func bracket() throws(LinearPattern.Refusal) -> PatternClass {
        position += 1
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while next != "]" {
            let first = try member()
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                ranges += first.positiveRanges
                continue
            }
            position += 1
            let last = try member()
            guard let low = first.only, let high = last.only, low <= high else { throw refusal("a range is reversed") }
            ranges.append(low...high)
        }
        position += 1
        guard !ranges.isEmpty else { throw refusal("a class is empty") }
        return PatternClass(ranges: ranges, isNegated: isNegated)
    }

    private mutating func member() throws(LinearPattern.Refusal) -> PatternClass {
        guard let scalar = next else { throw refusal("a class is not closed") }
        position += 1
        return scalar == "\\" ? try escape() : .single(scalar)
    }
}

extension PatternClass {
    /// Its only member, nil if it has several.
    fileprivate var only: UInt32? {
        guard !isNegated, ranges.count == 1, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}
