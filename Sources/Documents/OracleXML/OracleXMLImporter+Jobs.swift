import SchedulerCore

/// Job types and job definitions.
extension OracleXMLImporter {
    /// Types that are others here, by name, whatever their package.
    private static let replacements: [String: BuiltInJobType] = [
        "CJobType": .process, "HostJobType": .process, "PerlJobType": .process, "SqlLdrJobType": .process,
        "SqlPlusJobType": .process, "BIPJobType": .http,
    ]

    /// What a type rests on that says no more than how it executes.
    private static let roots: [ExecutionType: BuiltInJobType] = [
        .java: .swift, .process: .process, .sql: .plsql,
    ]

    func jobType(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        let execution = reader.text("executiontype", "type")
        if let reason = reasonToLeaveOut(name: members.text("name") ?? "", execution: execution?.text ?? "") {
            report.add(.ignored, reader.place, reason)
            return false
        }
        let extends = reference(&reader, "extends", "parent", "parenttype", "basetype", "jobtype", to: .jobType)
        let type = executionType(execution, reader.place)
        if let type { members.add("executionType", .string(type.rawValue), line: reader.element.line) }
        if let extends {
            members.add("extends", FoundText(raw: replaced(extends, having: []), place: extends.place))
        } else if let root = type.flatMap({ Self.roots[$0] }) {
            report.add(.changed, reader.place, "extends \(root.id): each job type rests on a built-in one")
            members.add("extends", .string(root.id.description), line: reader.element.line)
        }
        members.add("parameters", parameters(&reader, in: .jobType).nodes)
        return true
    }

    func jobDefinition(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        let errors = report.errorCount
        guard let reference = reference(&reader, "jobtype", "jobtypeid", "type", to: .jobType) else {
            if report.errorCount == errors { report.add(.error, reader.place, "names no job type") }
            return true
        }
        if Self.isEJB(reference.text) {
            report.add(.ignored, reader.place, "\(reference.text): there are no EJB jobs")
            return false
        }
        members.add("application", application(&reader))
        let parameters = parameters(&reader, in: .jobDefinition)
        let type = replaced(reference, having: parameters.valued)
        members.add("jobType", FoundText(raw: type, place: reference.place))
        members.add("parameters", parameters.nodes)
        return true
    }

    /// What the object says, else what was given.
    func application(_ reader: inout ElementReader) -> FoundText? {
        reader.text("application") ?? options.application.map { FoundText(raw: $0, place: reader.place) }
    }

    // MARK: - Types

    private func reasonToLeaveOut(name: String, execution: String) -> String? {
        if Self.isEJB(name) || Self.isEJB(execution) { return "there are no EJB jobs" }
        if let replacement = Self.replacements[name] { return "\(replacement.id) stands for it" }
        let package = package.map { $0.split(separator: "/").map { "/" + $0 }.joined() } ?? ""
        let id = MetadataObjectID(kind: .jobType, package: package, name: name)
        return BuiltInJobType(id) == nil ? nil : "is built in"
    }

    private static func isEJB(_ text: String) -> Bool {
        let name = (text.split(separator: "/").last ?? "").lowercased()
        return name.contains("ejbjob") || name.hasPrefix("ejb") || name.hasSuffix("ejb")
    }

    /// The id to refer to in place of a reference, which is reported with what the job then lacks.
    private func replaced(_ reference: FoundText, having names: Set<String>) -> String {
        let name = String(reference.text.split(separator: "/").last ?? "")
        guard let type = Self.replacements[name] else { return reference.text }
        let lacking = type.neededParameters.filter { !$0.contains(where: names.contains) }
            .map { $0.joined(separator: " or ") }
        let rest = lacking.isEmpty ? "" : "; set \(lacking.joined(separator: ", ")) before it is applied"
        report.add(.changed, reference.place, "\(name) is \(type.id)\(rest)")
        return type.id.description
    }

    private func executionType(_ found: FoundText?, _ place: ImportPlace) -> ExecutionType? {
        guard let found else {
            report.add(.error, place, "has no execution type")
            return nil
        }
        let key = XMLName.key(found.text)
        let types: [String: ExecutionType] = ["java": .java, "process": .process, "sql": .sql, "plsql": .sql]
        guard let type = types[key.hasSuffix("type") ? String(key.dropLast(4)) : key] else {
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is no execution type")
            return nil
        }
        if type.rawValue != found.text { report.add(.changed, found.place, "is \(type.rawValue)") }
        return type
    }
}
