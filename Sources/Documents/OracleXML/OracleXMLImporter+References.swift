import SchedulerCore

/// References to other objects: texts, or elements that hold name, package and kind.
extension OracleXMLImporter {
    /// The canonical id of an object of one kind that the first of these names gives; nil, and reported, if it is none.
    func reference(_ reader: inout ElementReader, _ keys: String..., to kind: MetadataKind) -> FoundText? {
        written(&reader, keys).flatMap { id(in: $0, of: kind) }
    }

    /// As `reference`, of an element that is one itself: by its attributes or children, or by its text.
    func reference(of reader: inout ElementReader, to kind: MetadataKind) -> FoundText? {
        if reader.isLeaf, reader.element.text.trimmingXMLBlanks.isEmpty {
            if let found = reference(&reader, "id", "ref", "name", to: kind) { return found }
        }
        let found = reader.isLeaf ? reader.ownText() : structure(&reader)
        guard let found, !found.text.isEmpty else {
            report.add(.error, reader.place, "names no \(kind.rawValue)")
            return nil
        }
        return id(in: FoundText(raw: withoutBlanks(found), place: found.place), of: kind)
    }

    private func id(in found: FoundText, of kind: MetadataKind) -> FoundText? {
        let text = withPackage(found, of: kind)
        guard let id = try? MetadataObjectID(parsing: text, only: kind) else {
            report.add(.error, found.place, "\(ImportReport.quoted(text)) is no id of a \(kind.rawValue)")
            return nil
        }
        return FoundText(raw: id.description, place: found.place)
    }

    /// An id of a definition or set, by its usual names or these others. Without kind it stays as it is: which it means
    /// depends on what exists.
    func jobReference(_ reader: inout ElementReader, or others: String...) -> FoundText? {
        let places: [(keys: [String], kind: MetadataKind?)] = [
            (["jobdefinition", "jobdefinitionid"], .jobDefinition), (["jobset", "jobsetid"], .jobSet),
            (["job", "jobid", "metadataobjectid", "objectid"] + others, nil),
        ]
        for (keys, kind) in places {
            if let found = written(&reader, keys) { return jobReference(in: found, kind) }
        }
        report.add(.error, reader.place, "names no job definition or set")
        return nil
    }

    /// As `jobReference(_:)`, of a text; `kind` is what it means unless it says so itself.
    func jobReference(in found: FoundText, _ kind: MetadataKind? = nil) -> FoundText? {
        let text = withPackage(FoundText(raw: withoutBlanks(found), place: found.place), of: kind ?? .jobDefinition)
        let kinds: [MetadataKind] = [.jobDefinition, .jobSet]
        guard let ids = try? MetadataObjectID.candidates(parsing: text, kinds: kinds), let first = ids.first else {
            report.add(.error, found.place, "\(ImportReport.quoted(text)) is no id of a JobDefinition or JobSet")
            return nil
        }
        if ids.count == 1 { return FoundText(raw: first.description, place: found.place) }
        let chosen = kind.map { MetadataObjectID(kind: $0, package: first.package, name: first.name).description }
        return FoundText(raw: chosen ?? "\(first.package)/\(first.name)", place: found.place)
    }

    // MARK: - Forms

    /// The text of an attribute or child of these names, else what a child with children says. Blanks are replaced.
    private func written(_ reader: inout ElementReader, _ keys: [String]) -> FoundText? {
        if let found = reader.text(keys) { return FoundText(raw: withoutBlanks(found), place: found.place) }
        var children = reader.children(keys, in: [])
        guard !children.isEmpty else { return nil }
        let found = structure(&children[0])
        children[0].finish()
        return found.map { FoundText(raw: withoutBlanks($0), place: $0.place) }
    }

    /// `<name>`, `<package-name>` and `<type>` as one id.
    private func structure(_ reader: inout ElementReader) -> FoundText? {
        guard let name = reader.text("name") else { return nil }
        let kind = reader.text("type", "kind", "metadatatype").map { $0.text + ":/" } ?? ""
        let package = reader.text("package", "packagename", "path").map { packagePath($0.text) } ?? ""
        guard !package.isEmpty else { return FoundText(raw: name.text, place: name.place) }
        return FoundText(raw: "\(kind)/\(package)/\(name.text)", place: name.place)
    }

    /// A bare name is one of the built-in job types, or of the package of the file.
    private func withPackage(_ found: FoundText, of kind: MetadataKind) -> String {
        let text = found.text
        guard !text.contains("/"), !text.contains(":"), !text.isEmpty else { return text }
        let core = MetadataObjectID(kind: .jobType, package: "/oracle/as/ess/core", name: text)
        let isCore = kind == .jobType && BuiltInJobType(core) != nil
        guard let package = isCore ? core.package : package else { return text }
        report.add(.changed, found.place, "\(ImportReport.quoted(text)) is taken for one of package \(package)")
        return package + "/" + text
    }
}
