import Documents
import FoundationEssentials
import Glibc
import SchedulerAPI

/// A file of metadata documents, as it is sent to the server.
struct DocumentSource: Sendable, Equatable {
    /// As errors name it.
    let name: String
    let bytes: [UInt8]

    /// As a call sends it.
    var file: DocumentTexts.File { DocumentTexts.File(name: name, text: String(decoding: bytes, as: UTF8.self)) }

    /// Largest file that is read, in bytes; the server has a limit for all of them.
    private static let bytesMax = 16 << 20
    /// Most files of a folder.
    private static let filesMax = 10_000

    /// What the files of a folder are told by.
    enum Form: Sendable {
        case documents
        /// Oracle's XML.
        case xml

        fileprivate var endings: [String] {
            switch self {
            case .documents: [".yaml", ".yml", ".json"]
            case .xml: [".xml"]
            }
        }
    }

    /// What a path means: a file, all of that form in a folder and those below it, or with `-` standard input.
    static func read(_ path: String, _ form: Form) throws(SmallFileError) -> [DocumentSource] {
        if path == "-" {
            return [DocumentSource(name: "-", bytes: try SmallFile.read(descriptor: 0, bytesMax: bytesMax))]
        }
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw SmallFileError(code: ENOENT)
        }
        guard isFolder else { return [DocumentSource(name: path, bytes: try SmallFile.read(path, bytesMax: bytesMax))] }
        var sources: [DocumentSource] = []
        for name in names(below: path, form.endings) {
            let bytes = try SmallFile.read("\(path)/\(name)", bytesMax: bytesMax)
            sources.append(DocumentSource(name: name, bytes: bytes))
        }
        return sources
    }

    /// What its documents say.
    ///
    /// - Throws: ``ClientFailure`` for what is neither YAML nor JSON.
    var values: [ReplyValue] {
        get throws(ClientFailure) {
            do throws(DocumentErrors) {
                return try YAMLText.json(bytes, file: name).compactMap { ReplyValue(parsing: $0) }
            } catch {
                let lines = error.problems.map(\.description)
                throw ClientFailure(exit: .badInput, message: "\(name) cannot be read", details: lines)
            }
        }
    }

    /// Dot files and folders are left out, as the server leaves them out of its own directory.
    private static func names(below path: String, _ endings: [String]) -> [String] {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return all.filter { name in
            endings.contains { name.hasSuffix($0) } && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }
        .sorted().prefix(filesMax).map(\.self)
    }
}
