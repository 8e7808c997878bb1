/// A pattern as its grammar reads it.
indirect enum PatternNode: Hashable, Sendable {
    case scalar(PatternClass)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// `highest` nil = without end.
    case repeated(PatternNode, lowest: Int, highest: Int?)
    case start
    case end
}

/// A set of Unicode scalars.
struct PatternClass: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    /// What `.` matches: anything but a line end.
    static let anyButLineEnd = PatternClass(ranges: [10...10, 13...13, 0x2028...0x2029], isNegated: true)
    static let digits = PatternClass(ranges: [48...57])
    static let words = PatternClass(ranges: [48...57, 65...90, 95...95, 97...122])
    static let spaces = PatternClass(ranges: [9...13, 32...32, 0xA0...0xA0, 0x2028...0x2029])

    static func single(_ scalar: Unicode.Scalar) -> PatternClass {
        PatternClass(ranges: [scalar.value...scalar.value])
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isNegated
    }

    var inverted: PatternClass { PatternClass(ranges: ranges, isNegated: !isNegated) }

    /// The same set as ranges that are not negated.
    var positiveRanges: [ClosedRange<UInt32>] {
        guard isNegated else { return ranges }
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }
}
