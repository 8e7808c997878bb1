/// The form of the change log, of decision records, and of links between documents.
enum DocumentRules {
    private static let changeKinds: Set<String> = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    private static let decisionLinesMax = 40

    /// Keep a Changelog: an Unreleased section first, then versions with their dates, newest first; in them
    /// the six known headings, each once, and entries that are list items.
    static func changelog(_ file: SourceFile) -> [Violation] {
        var violations: [Violation] = []
        var versions: [String] = []
        var headings: Set<String> = []
        func report(_ line: Int, _ message: String) {
            violations.append(Violation(path: file.path, line: line, message: message))
        }
        if file.lines.first != "# Changelog" { report(1, "begins with “# Changelog”") }
        for (index, line) in file.lines.enumerated() {
            if line.hasPrefix("### ") {
                let kind = String(line.dropFirst(4))
                if !changeKinds.contains(kind) { report(index + 1, "\(kind) is no heading of Keep a Changelog") }
                if !headings.insert(kind).inserted { report(index + 1, "\(kind) stands here twice") }
            } else if line.hasPrefix("## ") {
                let title = String(line.dropFirst(3))
                headings = []
                if versions.isEmpty {
                    if title != "[Unreleased]" { report(index + 1, "the first section is “## [Unreleased]”") }
                } else if !isRelease(title) {
                    report(index + 1, "a version is written “## [1.2.3] - 2027-01-31”")
                } else if let before = versions.last, isRelease(before), !isNewer(before, than: title) {
                    report(index + 1, "versions stand newest first")
                }
                versions.append(title)
            } else if !headings.isEmpty, !line.isEmpty, !line.hasPrefix("- "), !line.hasPrefix("  ") {
                report(index + 1, "an entry begins with “- ”")
            }
        }
        if versions.isEmpty { report(1, "has no section “## [Unreleased]”") }
        return violations
    }

    /// `docs/decisions/NNNN-title.md`: numbered without gap, short, with context, decision and consequences.
    static func decisions(in tree: SourceTree) -> [Violation] {
        let files = tree.files.filter { $0.path.hasPrefix("docs/decisions/") }
        return files.enumerated().flatMap { index, file -> [Violation] in
            var violations: [Violation] = []
            let number = String(index + 1)
            let expected = String(repeating: "0", count: max(0, 4 - number.count)) + number + "-"
            if !file.name.hasPrefix(expected) || file.fileExtension != "md" {
                violations.append(Violation(path: file.path, line: 0, message: "is expected to be \(expected)….md"))
            }
            if file.lines.count > decisionLinesMax {
                let message = "\(file.lines.count) lines, at most \(decisionLinesMax)"
                violations.append(Violation(path: file.path, line: 0, message: message))
            }
            for heading in ["## Context", "## Decision", "## Consequences"] where !file.lines.contains(heading) {
                violations.append(Violation(path: file.path, line: 0, message: "lacks “\(heading)”"))
            }
            return violations
        }
    }

    /// Links of Markdown files to files of the repository and to headings in them lead somewhere.
    static func links(in tree: SourceTree) -> [Violation] {
        let paths = Set(tree.files.map(\.path))
        var folders: Set<String> = [""]
        for path in paths {
            var parts = path.split(separator: "/").dropLast()
            while !parts.isEmpty {
                folders.insert(parts.joined(separator: "/"))
                parts = parts.dropLast()
            }
        }
        return tree.files.filter { $0.fileExtension == "md" }.flatMap { file in
            MarkdownText.links(of: file).compactMap { link -> Violation? in
                func broken(_ message: String) -> Violation {
                    Violation(path: file.path, line: link.line, message: message)
                }
                guard !link.target.contains(":") else { return nil }
                let parts = link.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                guard let path = resolve(String(parts[0]), from: file.path) else {
                    return broken("\(link.target) leads out of the repository")
                }
                guard paths.contains(path) || folders.contains(path) else {
                    return broken("\(link.target) leads nowhere")
                }
                guard parts.count == 2, let target = tree.file(path), target.fileExtension == "md" else { return nil }
                return MarkdownText.anchors(of: target).contains(String(parts[1]))
                    ? nil : broken("\(link.target): no such heading")
            }
        }
    }

    /// `target` as seen from the file at `origin`, relative to the root; nil if it climbs above that.
    private static func resolve(_ target: String, from origin: String) -> String? {
        if target.isEmpty { return origin }
        var parts = origin.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: "/") {
            switch part {
            case ".": continue
            case "..":
                if parts.isEmpty { return nil }
                parts.removeLast()
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    private static func isRelease(_ title: String) -> Bool {
        title.wholeMatch(of: /\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}/) != nil
    }

    private static func isNewer(_ one: String, than other: String) -> Bool {
        func numbers(_ title: String) -> [Int] {
            title.drop { $0 == "[" }.prefix { $0 != "]" }.split(separator: ".").compactMap { Int($0) }
        }
        return numbers(other).lexicographicallyPrecedes(numbers(one))
    }
}
