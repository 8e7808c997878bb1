import Foundation

/// What the guides and the samples of this repository hold.
enum GuideText {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// All guides, by name.
    static func guides() throws -> [String: String] {
        let folder = root.appending(path: "docs/guides")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".md") }
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
            }
        )
    }

    /// Every file below `Examples/`, by its path from the root, in order.
    static func examples() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "Examples").path())
            .map { "Examples/" + $0 }
            .filter { path in
                var isFolder: ObjCBool = false
                let exists = FileManager.default.fileExists(atPath: root.path() + path, isDirectory: &isFolder)
                return exists && !isFolder.boolValue
            }
            .sorted()
    }

    static func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }

    /// The documents shown by a guide: fenced blocks of the language yaml, and indented ones in which a line begins
    /// with `kind:`.
    static func documents(in guide: String) -> [String] {
        var found: [String] = []
        var fenced: [Substring]?
        var indented: [Substring] = []
        func take() {
            let lines = indented.map { $0.dropFirst(4) }
            if lines.contains(where: { $0.hasPrefix("kind:") || $0.hasPrefix("{kind:") }) {
                found.append(lines.joined(separator: "\n"))
            }
            indented = []
        }
        for line in guide.split(separator: "\n", omittingEmptySubsequences: false) {
            if let block = fenced {
                guard line == "```" else {
                    fenced = block + [line]
                    continue
                }
                if block.first == "```yaml" { found.append(block.dropFirst().joined(separator: "\n")) }
                fenced = nil
            } else if line.hasPrefix("```") {
                take()
                fenced = [line]
            } else if line.hasPrefix("    ") || line.isEmpty && !indented.isEmpty {
                indented.append(line)
            } else {
                take()
            }
        }
        take()
        return found
    }
}
