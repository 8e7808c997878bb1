package import SchedulerCore

/// Body of the calls that validate, plan and apply documents (administration §3).
package struct MetadataBody {
    package let readings: [DocumentReader.Reading]
    /// Package in and below which what no document names is deleted.
    package let prune: String?
    /// Versions that objects are expected at, those of a plan; 0 = the object is expected not to exist.
    package let baseVersions: [MetadataObjectID: Int]?
    package let comment: String?

    /// Reads `documents`, a text of YAML or JSON, or a list whose items are documents or sources `{file, text}`, and
    /// the other members.
    ///
    /// - Parameter bytes: JSON.
    /// - Throws: `MetadataRefusal` with ESS-30002 where the body itself is wrong; what is wrong with the documents is
    ///   in the readings.
    package init(json bytes: [UInt8]) throws(MetadataRefusal) {
        let collector = ProblemCollector(file: "")
        guard let node = DocumentReader.value(bytes, collector), var reader = MemberReader(node, "", collector) else {
            throw MetadataRefusal(DocumentErrors(collector.problems))
        }
        readings = Self.readings(&reader)
        prune = Self.package(&reader)
        baseVersions = Self.versions(&reader)
        comment = reader.string("comment", bytesMax: MetadataLimits.commentBytesMax)
        reader.finish()
        guard collector.problems.isEmpty else { throw MetadataRefusal(DocumentErrors(collector.problems)) }
    }

    private static func readings(_ reader: inout MemberReader) -> [DocumentReader.Reading] {
        guard let node = reader.node("documents", isRequired: true) else { return [] }
        switch node.content {
        case .string(let text): return [DocumentReader.read(Array(text.utf8), as: .yaml, file: "")]
        case .sequence(let items):
            let sources = items.map { source($0, reader.collector) }
            let documents = zip(items, sources).filter { $0.1 == nil }.map(\.0)
            let read = zip(items, sources).compactMap(\.1)
            return read + (documents.isEmpty ? [] : [DocumentReader.reading(of: documents, file: "")])
        default:
            reader.report("documents", "a text or a list is expected, not \(node.typeName)")
            return []
        }
    }

    /// A file's text; nil for a document.
    private static func source(_ node: DocumentNode, _ collector: ProblemCollector) -> DocumentReader.Reading? {
        guard case .mapping(let members) = node.content, members.contains(where: { $0.key == "text" }),
            var reader = MemberReader(node, "", collector)
        else { return nil }
        let file = reader.string("file") ?? ""
        let text = reader.string("text", bytesMax: DocumentLimits.bytesMax) ?? ""
        reader.finish()
        return DocumentReader.read(Array(text.utf8), as: file.hasSuffix(".json") ? .json : .yaml, file: file)
    }

    private static func package(_ reader: inout MemberReader) -> String? {
        guard let text = reader.string("prune") else { return nil }
        guard let package = MetadataObjectID.package(parsing: text) else {
            reader.report("prune", "\(text) is no package")
            return nil
        }
        return package
    }

    private static func versions(_ reader: inout MemberReader) -> [MetadataObjectID: Int]? {
        guard let node = reader.node("baseVersions") else { return nil }
        guard case .mapping(let members) = node.content else {
            reader.report("baseVersions", "an object is expected, not \(node.typeName)")
            return nil
        }
        var versions: [MetadataObjectID: Int] = [:]
        for member in members {
            guard case .number(let text) = member.value.content, let version = Int(text), version >= 0,
                let id = try? MetadataObjectID(parsing: member.key, default: .jobDefinition)
            else {
                reader.report("baseVersions", "\(member.key) is no id with a version")
                continue
            }
            versions[id] = version
        }
        return versions
    }
}

extension MetadataObjectID {
    /// A package in its canonical form, however its slashes are written; nil if the text is none.
    package static func package(parsing text: String) -> String? {
        let segments = text.split(separator: "/")
        guard !segments.isEmpty, segments.allSatisfy(MetadataName.isSegment) else { return nil }
        return segments.map { "/" + $0 }.joined()
    }
}
