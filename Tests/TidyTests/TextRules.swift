/// What holds for text of any kind.
enum TextRules {
    private static let lineLengthMax = 120
    /// In tests: samples of wire and documents stand unbroken, as they are sent.
    private static let testLineLengthMax = 150
    private static let sourceLinesMax = 300
    private static let testLinesMax = 500
    private static let fileBytesMax = 400 * 1024

    /// Files that may be longer, each with the reason that its reader would ask for.
    private static let longFiles: [String: (linesMax: Int, reason: String)] = [:]

    /// Kinds whose lines are bounded; prose breaks its lines as it likes.
    private static let codeExtensions: Set<String> = ["swift", "c", "h", "sh", "py", "yaml", "yml"]
    private static let codeNames: Set<String> = ["Makefile", "run"]

    static func fileLength(in tree: SourceTree) -> [Violation] {
        tree.files.compactMap { file in
            guard ["swift", "c", "h"].contains(file.fileExtension) else { return nil }
            let usual = file.path.hasPrefix("Tests/") ? testLinesMax : sourceLinesMax
            let most = longFiles[file.path]?.linesMax ?? usual
            guard file.lines.count > most else { return nil }
            return Violation(path: file.path, line: 0, message: "\(file.lines.count) lines, at most \(most); split it")
        }
    }

    static func fileSize(in tree: SourceTree) -> [Violation] {
        tree.files.filter { $0.byteCount > fileBytesMax }.map {
            Violation(path: $0.path, line: 0, message: "\($0.byteCount) bytes, at most \(fileBytesMax)")
        }
    }

    static func lineLength(in tree: SourceTree) -> [Violation] {
        let files = tree.files.filter { codeExtensions.contains($0.fileExtension) || codeNames.contains($0.name) }
        return findLines(in: files) { line, file in
            let most = file.path.hasPrefix("Tests/") ? testLineLengthMax : lineLengthMax
            guard line.utf8.count > most, line.count > most else { return nil }
            return "\(line.count) characters, at most \(most)"
        }
    }

    /// Neither blanks at a line's end nor foreign line ends; tabs only where make wants them; one line end last.
    static func blanks(in tree: SourceTree) -> [Violation] {
        let files = tree.files.filter { !$0.text.isEmpty }
        let lines = findLines(in: files) { line, file in
            if line.utf8.last == UInt8(ascii: "\r") { return "a carriage return" }
            if line.utf8.last == UInt8(ascii: " ") || line.utf8.last == UInt8(ascii: "\t") {
                return "blanks at the end of the line"
            }
            return file.name != "Makefile" && line.utf8.contains(UInt8(ascii: "\t")) ? "a tab" : nil
        }
        let ends = files.filter { !$0.text.hasSuffix("\n") || $0.text.hasSuffix("\n\n") }.map {
            Violation(path: $0.path, line: $0.lines.count, message: "ends not with exactly one line end")
        }
        return lines + ends
    }

    /// What is not done is an issue, not a remark. The words are put together so that this file may say them.
    static func remarks(in tree: SourceTree) -> [Violation] {
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        return find(words, in: tree, message: { "\($0): do it, or open an issue" }) { before, after in
            !isWord(before) && !isWord(after)
        }
    }

    /// No path of somebody's machine; a clone lies anywhere. The middle of a longer path or address is none.
    static func machinePaths(in tree: SourceTree) -> [Violation] {
        let prefixes = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/opt/sw" + "ift"]
        return find(prefixes, in: tree, message: { "\($0)… is a path of one machine" }) { before, _ in
            !isWord(before) && !["/", ".", "}", ")"].contains(before)
        }
    }

    /// Scripts can be started, and what is only read by them cannot.
    static func executableScripts(in tree: SourceTree) -> [Violation] {
        tree.files.compactMap { file in
            guard file.path.hasPrefix("scripts/") || file.path == ".ci/run" else { return nil }
            let startsItself = file.text.hasPrefix("#!")
            guard startsItself != file.isExecutable else { return nil }
            let message = startsItself ? "is a script but not executable" : "is executable but no script"
            return Violation(path: file.path, line: 0, message: message)
        }
    }

    private static func findLines(in files: [SourceFile], _ message: (String, SourceFile) -> String?) -> [Violation] {
        files.flatMap { file in
            file.lines.enumerated().compactMap { number, line in
                message(line, file).map { Violation(path: file.path, line: number + 1, message: $0) }
            }
        }
    }

    /// Lines in which one of `texts` stands between characters that `isMeant` accepts; nil is the line's end.
    private static func find(
        _ texts: [String],
        in tree: SourceTree,
        message: (String) -> String,
        isMeant: (Character?, Character?) -> Bool
    ) -> [Violation] {
        texts.flatMap { text in
            findLines(in: tree.files.filter { $0.text.contains(text) }) { line, _ in
                let isFound = line.ranges(of: text).contains { range in
                    let before = line[..<range.lowerBound].last
                    let after = line[range.upperBound...].first
                    return isMeant(before, after)
                }
                return isFound ? message(text) : nil
            }
        }
    }

    private static func isWord(_ character: Character?) -> Bool {
        guard let character else { return false }
        return character.isLetter || character.isNumber || character == "_"
    }
}
