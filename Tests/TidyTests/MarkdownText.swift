/// The links and headings of a Markdown file; what stands in code is neither.
enum MarkdownText {
    struct Link: Equatable {
        let target: String
        let line: Int
    }

    static func links(of file: SourceFile) -> [Link] {
        prose(of: file).flatMap { number, line -> [Link] in
            if let definition = line.firstMatch(of: /^\[[^\]]+\]:\s+(\S+)/) {
                return [Link(target: String(definition.1), line: number)]
            }
            return line.matches(of: /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/).map {
                Link(target: String($0.1), line: number)
            }
        }
    }

    /// The names that headings get: lower case, punctuation dropped, blanks as hyphens, repeats numbered.
    static func anchors(of file: SourceFile) -> Set<String> {
        var anchors: Set<String> = []
        for (_, line) in prose(of: file, keepingCode: true) where line.hasPrefix("#") {
            let title = line.drop { $0 == "#" }.drop { $0 == " " }
            let kept = title.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
            let name = kept.map { $0 == " " ? "-" : String($0) }.joined()
            var candidate = name
            var repeats = 0
            while !anchors.insert(candidate).inserted {
                repeats += 1
                candidate = "\(name)-\(repeats)"
            }
        }
        return anchors
    }

    /// The numbered lines outside fenced blocks, code spans blanked unless kept.
    private static func prose(of file: SourceFile, keepingCode: Bool = false) -> [(Int, String)] {
        var isFenced = false
        var prose: [(Int, String)] = []
        for (index, line) in file.lines.enumerated() {
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
            } else if !isFenced {
                prose.append((index + 1, keepingCode ? line : line.replacing(/`[^`]*`/, with: "")))
            }
        }
        return prose
    }
}
