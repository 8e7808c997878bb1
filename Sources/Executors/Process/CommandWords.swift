/// The command of a process job, split into arguments before any token is replaced (administration §5.7), so that a
/// value stays one argument whatever it contains.
///
/// Blanks, tabs and line ends separate. `'…'` takes all up to the next `'`; in `"…"` a backslash before `"` or `\`
/// makes it plain; elsewhere one before a blank, quote or backslash does. Any other backslash is itself. Parts that
/// touch are one argument; `''` is an empty one. A token, `${…}`, is never split and its inside never unquoted.
/// Nothing is expanded: no variables, no patterns, no redirection.
package struct CommandWords: Hashable, Sendable {
    /// At least one; tokens are still in them.
    package let words: [String]

    package init(splitting text: String) throws(ProcessSettingError) {
        var splitter = Splitter(Array(text.unicodeScalars))
        words = try splitter.run()
        guard let first = words.first, !first.isEmpty else { throw ProcessSettingError("the command is empty") }
    }

    private struct Splitter {
        private let text: [Unicode.Scalar]
        private var position = 0
        private var words: [String] = []
        private var word: String.UnicodeScalarView?

        init(_ text: [Unicode.Scalar]) { self.text = text }

        mutating func run() throws(ProcessSettingError) -> [String] {
            while position < text.count {
                let scalar = text[position]
                if Self.separates(scalar) {
                    endWord()
                    position += 1
                } else if scalar == "'" || scalar == "\"" {
                    try takeQuoted(scalar)
                } else {
                    takePlain(escapable: { Self.separates($0) || $0 == "'" || $0 == "\"" || $0 == "\\" })
                }
            }
            endWord()
            return words
        }

        private mutating func takeQuoted(_ quote: Unicode.Scalar) throws(ProcessSettingError) {
            let start = position
            position += 1
            word = word ?? .init()
            while position < text.count, text[position] != quote {
                takePlain(escapable: { quote == "\"" && ($0 == "\"" || $0 == "\\") })
            }
            guard position < text.count else {
                throw ProcessSettingError("the quote at character \(start + 1) of the command is not closed")
            }
            position += 1
        }

        /// Takes one scalar, one escaped scalar or one whole token.
        private mutating func takePlain(escapable: (Unicode.Scalar) -> Bool) {
            let next = position + 1 < text.count ? text[position + 1] : nil
            if text[position] == "\\", let next, escapable(next) {
                append(next)
                position += 2
            } else if text[position] == "$", next == "{", let end = text[position...].firstIndex(of: "}") {
                for scalar in text[position...end] { append(scalar) }
                position = end + 1
            } else {
                append(text[position])
                position += 1
            }
        }

        private mutating func append(_ scalar: Unicode.Scalar) {
            var taken = word ?? .init()
            word = nil
            taken.append(scalar)
            word = taken
        }

        private mutating func endWord() {
            if let word { words.append(String(word)) }
            word = nil
        }

        private static func separates(_ scalar: Unicode.Scalar) -> Bool {
            scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
        }
    }
}
