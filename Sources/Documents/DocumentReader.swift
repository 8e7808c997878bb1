package import SchedulerCore

/// Reads documents of all kinds from one text (administration §2).
package enum DocumentReader {
    package enum Format: Hashable, Sendable {
        /// YAML 1.2, any number of documents; a document may be a list of objects.
        case yaml
        /// One object or a list of objects.
        case json
    }

    /// What one text holds. Objects that are wrong in themselves are left out.
    package struct Reading {
        package let documents: [ReadDocument]
        package let problems: [DocumentProblem]
        /// Ids of objects that are left out: that they are missing is no problem of those who refer to them.
        package let unreadable: Set<MetadataObjectID>
    }

    /// Reads everything that can be read; `file` names the text in problems.
    package static func read(_ bytes: [UInt8], as format: Format, file: String) -> Reading {
        let collector = ProblemCollector(file: file)
        let documents = values(bytes, as: format, collector)
        return reading(of: objects(of: documents), file: file, collector)
    }

    /// Reads one object, of which the call may have said already what it is: kind, package and name may be missing and
    /// must not differ.
    ///
    /// - Parameters:
    ///   - bytes: JSON, one object.
    ///   - kind: that the call is about.
    ///   - id: that the call is about; nil = any of the kind.
    /// - Returns: one document at most.
    package static func readObject(_ bytes: [UInt8], kind: MetadataKind, id: MetadataObjectID?) -> Reading {
        let collector = ProblemCollector(file: "")
        guard let node = value(bytes, collector) else {
            return Reading(documents: [], problems: collector.problems, unreadable: [])
        }
        var missing = [("kind", kind.rawValue)]
        if let id {
            missing += kind.hasPackage ? [("package", id.package), ("name", id.name)] : [("name", id.name)]
        }
        let reading = reading(of: [node.adding(missing)], file: "", collector)
        guard let content = reading.documents.first?.content else { return reading }
        guard content.id.kind == kind, id == nil || content.id == id else {
            collector.report("", node.line, "the document is \(content.id), not \(id?.description ?? kind.rawValue)")
            return Reading(documents: [], problems: collector.problems, unreadable: [])
        }
        return reading
    }

    /// The document of one object as that of another, secrets of parameters included; a password is not.
    package static func copy(of content: MetadataContent, to id: MetadataObjectID) -> Reading {
        var members = ContentEncoder.members(of: content) { $0 }
        members["kind"] = .string(id.kind.rawValue)
        members["package"] = id.package.isEmpty ? nil : .string(id.package)
        members["name"] = .string(id.name)
        members["passwordHash"] = nil
        return read(Array(JSONValue.object(members).text.utf8), as: .json, file: "")
    }

    /// The one value of a JSON text; nil, and reported, where it is none.
    static func value(_ bytes: [UInt8], _ collector: ProblemCollector) -> DocumentNode? {
        let values = values(bytes, as: .json, collector)
        guard collector.problems.isEmpty else { return nil }
        if values.isEmpty { collector.report("", 1, "an object is expected") }
        return values.first
    }

    /// The same for nodes that are read already.
    static func reading(of nodes: [DocumentNode], file: String) -> Reading {
        reading(of: nodes, file: file, ProblemCollector(file: file))
    }

    static func values(
        _ bytes: [UInt8],
        as format: Format,
        _ collector: ProblemCollector
    ) -> [DocumentNode] {
        guard bytes.count <= DocumentLimits.bytesMax else {
            collector.report("", 0, "larger than \(DocumentLimits.bytesMax) bytes")
            return []
        }
        if let line = lineOfInvalidText(bytes) {
            collector.report("", line, "the text is not UTF-8")
            return []
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        let nodes = format == .json ? JSONReader.read(text) : YAMLReader.read(text)
        for problem in nodes.problems + DuplicateMembers.problems(in: nodes.documents) {
            collector.report(problem.path, problem.line, problem.message)
        }
        return nodes.documents
    }

    private static func reading(
        of nodes: [DocumentNode],
        file: String,
        _ collector: ProblemCollector
    ) -> Reading {
        var documents: [ReadDocument] = []
        var unreadable: Set<MetadataObjectID> = []
        for node in nodes {
            switch ObjectDecoder.decode(node, collector) {
            case .object(let content, let undecided):
                documents.append(ReadDocument(content: content, undecided: undecided, file: file, node: node))
            case .unreadable(let id): if let id { unreadable.insert(id) }
            }
        }
        let problems = collector.problems.sorted { ($0.line, $0.path) < ($1.line, $1.path) }
        return Reading(documents: documents, problems: problems, unreadable: unreadable)
    }

    /// A list stands for its items.
    private static func objects(of documents: [DocumentNode]) -> [DocumentNode] {
        documents.flatMap { document in
            if case .sequence(let items) = document.content { items } else { [document] }
        }
    }

    /// First line that is not UTF-8.
    private static func lineOfInvalidText(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return (index ?? 0) + 1
    }
}

/// An object and where it was read.
package struct ReadDocument {
    /// Ids without kind are those of definitions, see `content(knowing:)`.
    package let content: MetadataContent
    /// Places of ids that were written without kind, as JSON pointers.
    let undecided: Set<String>
    package let file: String
    let node: DocumentNode

    package var line: Int { node.line }

    /// The content with ids that were written without kind decided: a definition if that exists, else a set if that
    /// does (administration §1.2).
    package func content(knowing exists: (MetadataObjectID) -> Bool) -> MetadataContent {
        guard !undecided.isEmpty else { return content }
        return content.replacingJobs { reference in
            guard undecided.contains(reference.path), !exists(reference.id) else { return reference.id }
            let set = MetadataObjectID(kind: .jobSet, package: reference.id.package, name: reference.id.name)
            return exists(set) ? set : reference.id
        }
    }

    /// Line of a member, by the JSON pointer of a `CatalogueProblem`.
    package func line(at pointer: String) -> Int { node.line(at: pointer) }
}
