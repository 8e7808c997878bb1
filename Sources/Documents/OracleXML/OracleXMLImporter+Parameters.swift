import SchedulerCore

/// Parameters of all that have some.
extension OracleXMLImporter {
    struct Parameters {
        var nodes: [DocumentNode] = []
        /// Names of those that have a value.
        var valued: Set<String> = []
    }

    private static let containers = [
        "parameters", "parameterlist", "properties", "systemproperties", "stepparameters", "stepprops",
    ]

    func parameters(_ reader: inout ElementReader, in place: PropertyPlaces) -> Parameters {
        var parameters = Parameters()
        var seen: Set<String> = []
        for child in reader.children(["parameter", "property", "systemproperty"], in: Self.containers) {
            var child = child
            guard let found = child.text("name", "key") else {
                report.add(.error, child.place, "a parameter without name")
                continue
            }
            let name = found.text
            child.path += "(\(ImportReport.quoted(name)))"
            if let reason = reasonToLeaveOut(name, in: place) ?? (seen.contains(name) ? "stands here before" : nil) {
                report.add(.ignored, child.place, reason)
                continue
            }
            seen.insert(name)
            let type = type(&child, name)
            let value = value(&child, type)
            var members = MemberBuilder(line: child.element.line)
            members.add("name", .string(name), line: child.element.line)
            members.add("paramType", .string(type.rawValue), line: child.element.line)
            if let value { members.add("value", .string(value), line: child.element.line) }
            if let flag = flag(&child, "readonly") {
                members.add("readOnly", .boolean(flag), line: child.element.line)
            }
            child.finish()
            parameters.nodes.append(members.node)
            if value?.isEmpty == false { parameters.valued.insert(name) }
        }
        return parameters
    }

    /// `true` or `false`, by whatever Oracle calls them; nil without.
    func flag(_ reader: inout ElementReader, _ keys: String...) -> Bool? {
        guard let found = reader.text(keys) else { return nil }
        switch found.text.lowercased() {
        case "true", "yes", "y", "1": return true
        case "false", "no", "n", "0": return false
        default:
            report.add(.error, found.place, "\(ImportReport.quoted(found.text)) is neither true nor false")
            return nil
        }
    }

    private func reasonToLeaveOut(_ name: String, in place: PropertyPlaces) -> String? {
        guard SystemProperty.isReserved(name) else { return nil }
        guard let property = SystemProperty.named(name) else { return "unknown system property" }
        return property.places.isSuperset(of: place) ? nil : "a system property that cannot be set here"
    }

    private func type(_ reader: inout ElementReader, _ name: String) -> ParameterType {
        let found = reader.text("datatype", "paramtype", "type")
        // The type of a system property is always its own.
        if let type = SystemProperty.named(name)?.type { return type }
        guard let found else { return .string }
        switch XMLName.key(found.text) {
        case "string", "varchar2", "varchar": return .string
        case "boolean": return .boolean
        case "integer", "int": return .integer
        case "long", "number": return .long
        case "datetime", "date", "calendar", "timestamp": return .dateTime
        default:
            report.add(.changed, found.place, "\(ImportReport.quoted(found.text)) is unknown and read as STRING")
            return .string
        }
    }

    /// The attribute or child `value`, else the text. A parameter without any text is declared without value.
    private func value(_ reader: inout ElementReader, _ type: ParameterType) -> String? {
        let written = reader.text("value", "defaultvalue")
        let own = reader.element.text.trimmingXMLBlanks.isEmpty || !reader.isLeaf ? nil : reader.element.text
        if written == nil, own != nil { _ = reader.ownText() }
        guard let found = written ?? own.map({ FoundText(raw: $0, place: reader.place) }) else {
            return reader.element.attributes.contains { $0.key == "value" } ? "" : nil
        }
        guard type == .dateTime else { return type == .string ? found.raw : found.text }
        let zone = DocumentClock(timezone: options.zone)
        guard let instant = zone.instant(OracleTime.normalised(found.text)) else { return found.text }
        if Timestamp(rfc3339: found.text) != instant {
            report.add(.changed, found.place, "is \(instant)")
            return instant.description
        }
        return found.text
    }
}
