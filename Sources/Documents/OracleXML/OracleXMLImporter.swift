import SchedulerCore

/// Turns elements into documents, each kind in an extension of its own.
final class OracleXMLImporter {
    let options: OracleXMLOptions
    let report: ImportReport
    private(set) var documents: [ReadDocument] = []
    private(set) var unreadable: Set<MetadataObjectID> = []
    /// Package of the object that is being read, else the given one.
    private(set) var package: String?

    init(options: OracleXMLOptions, report: ImportReport) {
        self.options = options
        self.report = report
        package = options.package
    }

    // MARK: - Elements

    /// Names of elements that are objects.
    private static let objects: Set<String> = [
        "jobtype", "jobdefinition", "jobset", "schedule", "scheduledefinition", "exclusionsdefinition",
        "exclusiondefinition", "incompatibility", "workshift", "workassignment", "jazndata", "jaznpolicy", "trigger",
    ]

    /// Reads an object, or the objects in an element that is none.
    func read(_ element: OracleElement) {
        var reader = ElementReader(element, path: ImportReport.quoted(element.name), report: report)
        switch element.key {
        case "jobtype": object(.jobType, &reader, jobType)
        case "jobdefinition": object(.jobDefinition, &reader, jobDefinition)
        case "jobset": object(.jobSet, &reader, jobSet)
        case "schedule", "scheduledefinition": object(.schedule, &reader, schedule)
        case "exclusionsdefinition", "exclusiondefinition":
            object(.exclusionsDefinition, &reader, exclusionsDefinition)
        case "incompatibility": object(.incompatibility, &reader, incompatibility)
        case "workshift": object(.workshift, &reader, workshift)
        case "workassignment": object(.workAssignment, &reader, workAssignment)
        case "jazndata", "jaznpolicy": grants(of: element)
        case "trigger": report.add(.ignored, reader.place, "triggers are not known")
        default:
            guard element.holds(Self.objects) else {
                return report.add(.ignored, reader.place, "unknown element")
            }
            for child in element.children { read(child) }
        }
    }

    // MARK: - Objects

    /// Fills in the members of one kind; false if the object is left out without error.
    typealias Filling = (inout ElementReader, inout MemberBuilder) -> Bool

    /// Reads one object with what all kinds have in common.
    func object(_ kind: MetadataKind, _ reader: inout ElementReader, named fallback: String? = nil, _ fill: Filling) {
        let errors = report.errorCount
        var members = MemberBuilder(line: reader.element.line)
        members.add("kind", .string(kind.rawValue), line: reader.element.line)
        let id = name(of: kind, &reader, &members, fallback)
        members.add("displayName", reader.text("displayname"))
        members.add("description", reader.text("description"))
        guard fill(&reader, &members) else { return }
        reader.finish()
        guard report.errorCount == errors else {
            if let id { unreadable.insert(id) }
            return
        }
        add(members.node, at: reader.place)
    }

    /// Decodes a document as if it had been written by hand, so that the same rules hold.
    func add(_ node: DocumentNode, at place: ImportPlace) {
        let collector = ProblemCollector(file: options.source)
        switch ObjectDecoder.decode(node, collector) {
        case .object(let content, let undecided):
            documents.append(
                ReadDocument(content: content, undecided: undecided, file: options.source, node: node)
            )
            report.add(.mapped, place, "is \(content.id)")
        case .unreadable(let id):
            if let id { unreadable.insert(id) }
            for problem in collector.problems {
                let item = ImportPlace(line: problem.line, path: place.path + problem.path)
                report.add(.error, item, ImportReport.quoted(problem.message))
            }
        }
    }

    // MARK: - Names

    /// Adds package and name, and puts the name into the paths of the report.
    private func name(
        of kind: MetadataKind,
        _ reader: inout ElementReader,
        _ members: inout MemberBuilder,
        _ fallback: String?
    ) -> MetadataObjectID? {
        let ownPackage = reader.text("package", "packagename")
        let written = reader.text("name", "id") ?? fallback.map { FoundText(raw: $0, place: reader.place) }
        guard let found = written ?? nameOfFile(reader.place) else {
            report.add(.error, reader.place, "has no name")
            return nil
        }
        reader.path += "(\(ImportReport.quoted(found.text)))"
        let name = withoutBlanks(found)
        members.add("name", .string(name), line: found.place.line)
        package = ownPackage.map { packagePath(withoutBlanks($0)) } ?? options.package
        guard let package, !package.isEmpty else {
            report.add(.error, reader.place, "belongs to no package: the file names none, and none was given")
            return nil
        }
        members.add("package", .string(package), line: reader.element.line)
        let path = package.split(separator: "/").map { "/" + $0 }.joined()
        return MetadataObjectID(validating: kind, package: path, name: name)
    }

    /// Oracle names the file of an object after it.
    private func nameOfFile(_ place: ImportPlace) -> FoundText? {
        let file = options.source.split(separator: "/").last ?? ""
        let name = file.lastIndex(of: ".").map { file[..<$0] } ?? file
        guard !name.isEmpty else { return nil }
        report.add(.changed, place, "has no name; is called after the file")
        return FoundText(raw: String(name), place: place)
    }

    /// The text with `_` for blanks, which is reported.
    func withoutBlanks(_ found: FoundText) -> String {
        let text = found.text.replacingXMLBlanks
        if text != found.text {
            report.add(.changed, found.place, "\(ImportReport.quoted(text)): _ stands for blanks")
        }
        return text
    }

    /// A package in either spelling of Oracle, `/acme/gl/` or `acme.gl`.
    func packagePath(_ text: String) -> String {
        text.contains("/") ? text : text.replacing(".", with: "/")
    }
}
