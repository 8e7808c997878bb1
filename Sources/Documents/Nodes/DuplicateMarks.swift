import Yams

/// Makes members that stand twice distinct, so that the rest of the document can be read in spite of them.
///
/// The YAML library gives up at the first such pair. A mark of private-use characters before one of the two names lets
/// it go on; the names are shown without marks, and the pair is reported like one in JSON.
struct DuplicateMarks {
    /// Begins a mark; never part of the name of a known member.
    private static let sign: Unicode.Scalar = "\u{E000}"
    /// First of the characters that number the marks.
    private static let firstNumber: UInt32 = 0xE100

    private(set) var count = 0

    /// The text with a new mark before the key at that place; nil where no key that can be marked begins there.
    mutating func mark(in text: String, at mark: Mark) -> String? {
        var scalars = text.unicodeScalars
        guard let start = Self.index(of: mark, in: scalars), start < scalars.endIndex,
            let number = Unicode.Scalar(Self.firstNumber + UInt32(count))
        else { return nil }
        let isQuoted = scalars[start] == "\"" || scalars[start] == "'"
        guard isQuoted || !"[{&*!|>?%@`".unicodeScalars.contains(scalars[start]) else { return nil }
        let place = isQuoted ? scalars.index(after: start) : start
        scalars.insert(contentsOf: [Self.sign, number], at: place)
        count += 1
        return String(scalars)
    }

    /// The name as it was written.
    func unmarked(_ name: String) -> String {
        guard count > 0, name.unicodeScalars.first == Self.sign else { return name }
        return String(name.unicodeScalars.dropFirst(2))
    }

    private static func index(
        of mark: Mark,
        in scalars: String.UnicodeScalarView
    ) -> String.UnicodeScalarView.Index? {
        var index = scalars.startIndex
        var line = 1
        while line < mark.line {
            guard index < scalars.endIndex else { return nil }
            let scalar = scalars[index]
            index = scalars.index(after: index)
            let endsLine = ["\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
            let isBareReturn = scalar == "\r" && (index == scalars.endIndex || scalars[index] != "\n")
            if endsLine || isBareReturn { line += 1 }
        }
        return scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
    }
}
