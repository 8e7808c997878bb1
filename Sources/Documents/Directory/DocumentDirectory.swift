import Foundation
package import SchedulerCore

/// Reads the metadata directory: `*.yaml`, `*.yml` and `*.json` in it and below, whole or not at all (administration
/// §2).
///
/// Names that begin with a dot are passed over. Links may lead to files inside the directory, nowhere else. Whatever is
/// writable for everybody is refused, since whoever writes there decides which code runs.
package struct DocumentDirectory {
    private let root: String
    private let bytesMax: Int
    private var readings: [DocumentReader.Reading] = []
    private var problems: [DocumentProblem] = []
    private var warnings: [DocumentProblem] = []
    private var bytesRead = 0

    /// Reads and checks all documents as they would stand beside `others`; origin DIRECTORY.
    ///
    /// Fails with every problem of every file. Files are read in the order of their paths.
    package static func load(
        _ path: String,
        beside others: [MetadataObject] = [],
        bytesMax: Int = DocumentLimits.bytesMax
    ) throws(DocumentErrors) -> DocumentSet {
        guard let root = FileStatus.resolved(path) else {
            throw DocumentErrors([DocumentProblem(file: path, path: "", line: 0, message: "there is no such directory")]
            )
        }
        var directory = DocumentDirectory(root: root, bytesMax: bytesMax)
        guard directory.isSafe(root, "", .directory) else { throw DocumentErrors(directory.problems) }
        directory.readFolder("", depth: 1)
        // What is wrong with the files themselves counts like what is wrong in them.
        let own = DocumentReader.Reading(documents: [], problems: directory.problems, unreadable: [])
        let set = try DocumentSet.checked(
            directory.readings + [own],
            origin: .directory,
            beside: others
        )
        return DocumentSet(objects: set.objects, warnings: directory.warnings + set.warnings)
    }

    private init(root: String, bytesMax: Int) {
        self.root = root
        self.bytesMax = bytesMax
    }

    private func absolute(_ file: String) -> String { file.isEmpty ? root : root + "/" + file }

    private mutating func report(_ file: String, _ message: String) {
        problems.append(DocumentProblem(file: file, path: "", line: 0, message: message))
    }

    private mutating func readFolder(_ folder: String, depth: Int) {
        guard depth <= DocumentLimits.folderDepthMax else {
            return report(folder, "folders nested deeper than \(DocumentLimits.folderDepthMax) levels")
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: absolute(folder)) else {
            return report(folder, "the folder cannot be read")
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let file = folder.isEmpty ? name : folder + "/" + name
            guard let status = FileStatus(absolute(file)) else { continue }
            switch status.kind {
            case .directory:
                if isSafe(absolute(file), file, .directory) { readFolder(file, depth: depth + 1) }
            case .file, .link, .other:
                guard let format = Self.format(of: name) else { continue }
                readFile(file, isLink: status.kind == .link, as: format)
            }
        }
    }

    private static func format(of name: String) -> DocumentReader.Format? {
        if name.hasSuffix(".json") { return .json }
        return name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? .yaml : nil
    }

    private mutating func readFile(_ file: String, isLink: Bool, as format: DocumentReader.Format) {
        var path = absolute(file)
        if isLink {
            guard let target = FileStatus.resolved(path) else { return report(file, "the link leads nowhere") }
            guard target.hasPrefix(root + "/") else { return report(file, "the link leads out of the directory") }
            path = target
            guard areSafeFolders(above: target, file) else { return }
        }
        guard isSafe(path, file, .file) else { return }
        guard let handle = FileHandle(forReadingAtPath: path) else { return report(file, "the file cannot be read") }
        defer { try? handle.close() }
        // One byte more than allowed tells a file that is too large from one that just fits.
        guard let data = try? handle.read(upToCount: bytesMax - bytesRead + 1) ?? Data() else {
            return report(file, "the file cannot be read")
        }
        bytesRead += data.count
        guard bytesRead <= bytesMax else {
            bytesRead = bytesMax
            return report(file, "all files together are larger than \(bytesMax) bytes")
        }
        readings.append(DocumentReader.read(Array(data), as: format, file: file))
    }

    /// Whether the folders between the directory and a link's target, which may be hidden ones, are safe.
    private mutating func areSafeFolders(above target: String, _ file: String) -> Bool {
        var folder = root
        for name in target.dropFirst(root.count + 1).split(separator: "/").dropLast() {
            folder += "/" + name
            guard isSafe(folder, file, .directory) else { return false }
        }
        return true
    }

    /// Whether the path is what it should be and not open to everybody.
    private mutating func isSafe(_ path: String, _ file: String, _ kind: FileStatus.Kind) -> Bool {
        guard let status = FileStatus(path), status.kind == kind else {
            report(file, kind == .directory ? "this is no directory" : "this is no regular file")
            return false
        }
        guard !status.isWorldWritable else {
            report(file, "everybody may write here; take that right away with chmod o-w")
            return false
        }
        if status.isGroupWritable {
            warnings.append(DocumentProblem(file: file, path: "", line: 0, message: "the group may write here"))
        }
        return true
    }
}
