import Foundation

/// One file of the repository.
struct SourceFile: Sendable {
    /// Relative to the root, with `/`.
    let path: String
    let byteCount: Int
    /// Empty for a file that is no UTF-8 text.
    let text: String
    /// Without line ends; a final line end makes no further line.
    let lines: [String]
    /// Of Swift files only.
    let tokens: [Token]
    let isExecutable: Bool

    init(path: String, text: String, byteCount: Int? = nil, isExecutable: Bool = false) {
        self.path = path
        self.text = text
        self.byteCount = byteCount ?? text.utf8.count
        self.isExecutable = isExecutable
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
        tokens = path.hasSuffix(".swift") ? SwiftLexer.tokens(of: text) : []
    }

    var name: String { String(path.split(separator: "/").last ?? "") }

    var fileExtension: String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])
    }

    var isSwift: Bool { fileExtension == "swift" }
}

/// The files that belong to the repository: everything below its root but build products and data.
struct SourceTree: Sendable {
    let files: [SourceFile]

    /// The tree that this test belongs to.
    static let repository = SourceTree(root: URL(filePath: #filePath).appending(path: "../../..").standardized)

    /// What `.gitignore` names, and the repository's own data.
    private static let ignoredNames: Set<String> = [".git", ".swiftpm", "__pycache__", "Package.resolved"]
    private static let ignoredRootNames: Set<String> = ["data", "bench-results"]

    init(files: [SourceFile]) {
        self.files = files
    }

    private init(root: URL) {
        var files: [SourceFile] = []
        Self.collect(below: root, path: "", into: &files)
        self.files = files.sorted { $0.path < $1.path }
    }

    func file(_ path: String) -> SourceFile? {
        files.first { $0.path == path }
    }

    func swiftFiles(below folder: String) -> [SourceFile] {
        files.filter { $0.isSwift && $0.path.hasPrefix(folder + "/") }
    }

    private static func collect(below folder: URL, path: String, into files: inout [SourceFile]) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: folder.path)) ?? [] {
            if ignoredNames.contains(name) || name.hasPrefix(".build") || name.contains(".db") { continue }
            if path.isEmpty, ignoredRootNames.contains(name) { continue }
            let url = folder.appending(path: name)
            let childPath = path.isEmpty ? name : "\(path)/\(name)"
            var isFolder: ObjCBool = false
            guard manager.fileExists(atPath: url.path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                collect(below: url, path: childPath, into: &files)
            } else if let data = manager.contents(atPath: url.path) {
                files.append(
                    SourceFile(
                        path: childPath,
                        text: String(data: data, encoding: .utf8) ?? "",
                        byteCount: data.count,
                        isExecutable: manager.isExecutableFile(atPath: url.path)
                    )
                )
            }
        }
    }
}
