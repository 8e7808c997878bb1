import SchedulerCore

/// Incompatibilities, workshifts, work assignments.
extension OracleXMLImporter {
    // MARK: - Incompatibilities

    func incompatibility(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        let written = reader.text("type", "incompatibilitytype", "scope")
        let children = reader.children(
            ["entity", "incompatibleentity", "incompatibilityentity"],
            in: ["entities", "incompatibleentities"]
        )
        let entities = children.map { entity($0) }
        let type = scope(written, reader.place, hasProperties: entities.contains { $0.property != nil })
        members.add("type", .string(type.rawValue), line: written?.place.line ?? reader.element.line)
        members.add(
            "entities",
            entities.map { entity in
                var node = entity.members
                if type == .domain {
                    node.add("property", entity.property)
                } else if let property = entity.property {
                    report.add(.ignored, property.place, "a GLOBAL incompatibility compares no property")
                }
                return node.node
            }
        )
        return true
    }

    private func entity(_ reader: ElementReader) -> (members: MemberBuilder, property: FoundText?) {
        var reader = reader
        var members = MemberBuilder(line: reader.element.line)
        let hasOwnText = reader.isLeaf && !reader.element.text.trimmingXMLBlanks.isEmpty
        let property = reader.text("property", "propertyname", "parameter", "parametername")
        if let flag = flag(&reader, "selfincompatible", "isselfincompatible", "self") {
            members.add("selfIncompatible", .boolean(flag), line: reader.element.line)
        }
        if hasOwnText {
            members.add("entity", jobReference(in: reader.ownText()))
        } else {
            members.add("entity", jobReference(&reader, or: "entity", "entityid", "id", "ref", "name"))
        }
        reader.finish()
        return (members, property)
    }

    private func scope(
        _ found: FoundText?,
        _ place: ImportPlace,
        hasProperties: Bool
    ) -> Incompatibility.Scope {
        if let found {
            if let scope = Incompatibility.Scope(rawValue: found.text.uppercased()) { return scope }
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is neither GLOBAL nor DOMAIN")
            return .global
        }
        let scope: Incompatibility.Scope = hasProperties ? .domain : .global
        report.add(.changed, place, "says no type and is \(scope.rawValue)")
        return scope
    }

    // MARK: - Workshifts

    func workshift(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        members.add("schedule", shiftSchedule(&reader, of: members.text("name")))
        if let duration = number(&reader, "duration", "durationminutes") {
            members.add("duration", .number(duration.text), line: duration.place.line)
        }
        if let allocation = number(&reader, "allocation", "threadallocation", "threads") {
            members.add("allocation", .number(allocation.text), line: allocation.place.line)
        }
        addLimit("plsqlLimit", number(&reader, "plsqllimit", "asyncplsqllimit", "sqllimit"), &members)
        addLimit("asyncJavaLimit", number(&reader, "asyncjavalimit", "javalimit"), &members)
        return true
    }

    /// A reference, or a schedule written out in place, which becomes an object of its own.
    private func shiftSchedule(_ reader: inout ElementReader, of shift: String?) -> FoundText? {
        let isWrittenOut = reader.element.children.contains { child in
            child.key == "schedule" && child.holds(["recurrence", "explicitdate", "inclusions"])
        }
        guard isWrittenOut else { return reference(&reader, "schedule", "scheduleid", "scheduleref", to: .schedule) }
        var found: FoundText?
        for child in reader.children("schedule") {
            var child = child
            let before = documents.count
            object(.schedule, &child, named: shift.map { $0 + "_Schedule" }, schedule)
            guard documents.count > before, let id = documents.last?.content.id else { continue }
            found = FoundText(raw: id.description, place: child.place)
            report.add(.mapped, child.place, "becomes a schedule of its own")
        }
        return found
    }

    /// Limits below zero, and words for it, are none.
    private func addLimit(_ name: String, _ found: FoundText?, _ members: inout MemberBuilder) {
        guard let found else { return }
        let isNone = found.text.hasPrefix("-")
        if isNone { report.add(.mapped, found.place, "is \(Workshift.noLimit)") }
        members.add(name, isNone ? .string(Workshift.noLimit) : .number(found.text), line: found.place.line)
    }

    /// A whole number; `NO_LIMIT` and the like are -1.
    private func number(_ reader: inout ElementReader, _ keys: String...) -> FoundText? {
        guard let found = reader.text(keys) else { return nil }
        if ["nolimit", "unlimited", "none"].contains(XMLName.key(found.text)) {
            return FoundText(raw: "-1", place: found.place)
        }
        guard let value = Int64(found.text) else {
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is no whole number")
            return nil
        }
        return FoundText(raw: String(value), place: found.place)
    }

    // MARK: - Work assignments

    func workAssignment(_ reader: inout ElementReader, _ members: inout MemberBuilder) -> Bool {
        if let flag = flag(&reader, "active", "isactive", "enabled") {
            members.add("active", .boolean(flag), line: reader.element.line)
        }
        let shifts = reader.children(["workshift", "workshiftid"], in: ["workshifts", "workshiftids"])
        let ids = shifts.compactMap { shift -> DocumentNode? in
            var shift = shift
            let found = reference(of: &shift, to: .workshift)
            shift.finish()
            return found.map { .text($0.text, line: $0.place.line) }
        }
        members.add("workshifts", ids)
        for child in reader.children("specialization", "specializations") {
            var child = child
            let place = child.place
            var tree = SpecializationReader(report: report)
            if let filter = tree.filter(&child) {
                report.add(.mapped, place, "is \(ImportReport.quoted(filter))")
                members.add("specialization", .string(filter), line: place.line)
            }
        }
        return true
    }
}
