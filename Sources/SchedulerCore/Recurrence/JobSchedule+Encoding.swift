/// The text in which stores keep a schedule: one line for each thing it holds, a key, a blank and a value.
///
/// Instants are milliseconds and dates are days, both since 1970-01-01, so that nothing is lost; rules are in their
/// canonical form. Equal schedules have equal texts.
extension JobSchedule {
    package var encoded: String {
        var lines = [Self.version, line(.zone, timezone)]
        lines += recurrences.map { line(.rule, $0.encoded) }
        lines += inclusions.map { line(.include, String($0.milliseconds)) }
        for exclusion in exclusions {
            switch exclusion {
            case .instant(let instant): lines.append(line(.exclude, String(instant.milliseconds)))
            case .day(let date): lines.append(line(.excludeDay, String(date.daysSinceEpoch)))
            }
        }
        lines += exclusionPatterns.map { line(.excludeRule, $0.encoded) }
        lines.append(line(.overlap, overlap.rawValue))
        if let catchUp { lines.append(line(.catchUp, catchUp.rawValue)) }
        if let name { lines.append(line(.name, Self.escape(name))) }
        if let displayName { lines.append(line(.displayName, Self.escape(displayName))) }
        if let description { lines.append(line(.description, Self.escape(description))) }
        if let id { lines.append(line(.id, id.description)) }
        return lines.joined(separator: "\n")
    }

    /// Reads what `encoded` wrote; nil for any other text.
    package init?(encoded text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == Self.version[...] else { return nil }
        self.init(timezone: "")
        for line in lines.dropFirst() {
            guard let blank = line.firstIndex(of: " "), let key = Key(rawValue: String(line[..<blank])),
                take(String(line[line.index(after: blank)...]), for: key)
            else { return nil }
        }
    }

    /// Enters the value of a line; false if it is none.
    private mutating func take(_ value: String, for key: Key) -> Bool {
        switch key {
        case .zone: timezone = value
        case .rule: return Self.append(SchedulePattern(encoded: value), to: &recurrences)
        case .excludeRule: return Self.append(SchedulePattern(encoded: value), to: &exclusionPatterns)
        case .include: return Self.append(Int64(value).map(Timestamp.init(milliseconds:)), to: &inclusions)
        case .exclude:
            return Self.append(Int64(value).map { .instant(Timestamp(milliseconds: $0)) }, to: &exclusions)
        case .excludeDay:
            return Self.append(Int64(value).map { .day(CivilDate(daysSinceEpoch: $0)) }, to: &exclusions)
        case .overlap:
            guard let policy = OverlapPolicy(rawValue: value) else { return false }
            overlap = policy
        case .catchUp: return Self.set(&catchUp, CatchUpPolicy(rawValue: value))
        case .name: return Self.set(&name, Self.unescape(value))
        case .displayName: return Self.set(&displayName, Self.unescape(value))
        case .description: return Self.set(&description, Self.unescape(value))
        case .id: return Self.set(&id, try? MetadataObjectID(parsing: value, default: .schedule))
        }
        return true
    }

    private enum Key: String {
        case zone, rule, include, exclude, overlap, name, description, id
        case excludeDay = "exclude-day"
        case excludeRule = "exclude-rule"
        case catchUp = "catch-up"
        case displayName = "display-name"
    }

    /// First line; another number means another form.
    private static let version = "schedule 1"

    private func line(_ key: Key, _ value: String) -> String { key.rawValue + " " + value }

    private static func append<Value>(_ value: Value?, to list: inout [Value]) -> Bool {
        guard let value else { return false }
        list.append(value)
        return true
    }

    private static func set<Value>(_ place: inout Value?, _ value: Value?) -> Bool {
        place = value
        return value != nil
    }

    /// Keeps a text on one line.
    private static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Nil if a backslash stands before anything but itself and `n`.
    private static func unescape(_ text: String) -> String? {
        var plain = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch (isEscaped, scalar) {
            case (false, "\\"): isEscaped = true
            case (false, _): plain.append(scalar)
            case (true, "\\"), (true, "n"):
                plain.append(scalar == "n" ? "\n" : scalar)
                isEscaped = false
            case (true, _): return nil
            }
        }
        return isEscaped ? nil : String(plain)
    }
}

extension SchedulePattern {
    /// Start, end and rule, `-` for a bound that is absent.
    fileprivate var encoded: String {
        [startDate, endDate].map { $0.map { String($0.milliseconds) } ?? "-" }.joined(separator: " ") + " "
            + rule.icalString
    }

    fileprivate init?(encoded text: String) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 3, let rule = try? RecurrenceRule(icalString: String(fields[2])) else { return nil }
        let bounds = fields.prefix(2).map { $0 == "-" ? nil : Int64($0).map(Timestamp.init(milliseconds:)) }
        guard (bounds[0] != nil || fields[0] == "-") && (bounds[1] != nil || fields[1] == "-") else { return nil }
        self.init(rule: rule, startDate: bounds[0], endDate: bounds[1])
    }
}
