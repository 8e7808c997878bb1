/// Writes values as YAML 1.2 in block style, members in the order in which people write them.
///
/// Whatever could be taken for anything but the same text, by this or an older version of YAML, stands in double
/// quotes.
enum YAMLWriter {
    /// The members of one document, each on lines of its own.
    static func document(_ members: [String: JSONValue]) -> String {
        var text = ""
        write(members, indent: 0, to: &text)
        return text
    }

    /// Any value, with a line end after its last line.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .object(let members) where !members.isEmpty: return document(members)
        case .array(let items) where !items.isEmpty:
            var text = ""
            for item in items { write(item: item, indent: 0, to: &text) }
            return text
        default: return scalar(value) + "\n"
        }
    }

    // MARK: - Values

    /// Writes what stands behind a `:`, up to the end of the line or lines.
    private static func write(_ value: JSONValue, indent: Int, to text: inout String) {
        switch value {
        case .object(let members) where !members.isEmpty:
            text += "\n"
            write(members, indent: indent + 1, to: &text)
        case .array(let items) where !items.isEmpty:
            text += "\n"
            for item in items { write(item: item, indent: indent + 1, to: &text) }
        default: text += " " + scalar(value) + "\n"
        }
    }

    private static func write(_ members: [String: JSONValue], indent: Int, to text: inout String) {
        for (name, value) in ordered(members) {
            text += margin(indent) + word(name) + ":"
            write(value, indent: indent, to: &text)
        }
    }

    /// The first member of an object stands beside the dash.
    private static func write(item: JSONValue, indent: Int, to text: inout String) {
        guard case .object(let members) = item, !members.isEmpty else {
            text += margin(indent) + "- " + scalar(item) + "\n"
            return
        }
        var block = ""
        write(members, indent: indent + 1, to: &block)
        text += margin(indent) + "- " + block.dropFirst(margin(indent + 1).count)
    }

    private static func scalar(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): word(text)
        case .integer(let number): String(number)
        case .boolean(let value): String(value)
        case .literal(let text): text
        // Only empty lists and objects come here, but lists in lists, which no document has, are right as well.
        case .array, .object: value.text
        }
    }

    private static func margin(_ indent: Int) -> String { String(repeating: "  ", count: indent) }

    // MARK: - Texts

    /// The text without quotes where it can stand so: words and ids.
    private static func word(_ text: String) -> String {
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/"), text.utf8.last != blank,
            text.utf8.last != colon, text.utf8.allSatisfy(isPlain), !text.contains(": "), !text.contains("  "),
            !reserved.contains(text.lowercased())
        else { return quoted(text) }
        return text
    }

    private static let blank = UInt8(ascii: " ")
    private static let colon = UInt8(ascii: ":")
    /// Words that some version of YAML takes for something else.
    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: false
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || " :/._$@+-".utf8.contains(byte)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where mustEscape(scalar.value):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// What is not printable in YAML, and what some reader takes for a break of lines or a mark of its own.
    private static func mustEscape(_ value: UInt32) -> Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xE000...0xF8FF, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    // MARK: - Order

    private static let order = [
        "kind", "package", "name", "displayName", "description", "paramType", "value", "readOnly", "secret", "ui",
        "prompt", "tooltip", "hidden", "required", "choices", "pattern", "min", "max", "executionType", "extends",
        "application", "jobType", "executionMode", "firstStep", "stepId", "job", "links", "SUCCESS", "WARNING",
        "ERROR", "steps", "timezone", "icalString", "startDate", "endDate", "dates", "recurrences", "inclusions",
        "exclusions", "exclusionsDefinitions", "overlapPolicy", "catchUpPolicy", "type", "entity", "property",
        "selfIncompatible", "entities", "active", "specialization", "workshifts", "node", "scope", "enabled",
        "bindings", "schedule", "duration", "allocation", "plsqlLimit", "asyncJavaLimit", "criteria", "product",
        "jobDefinition", "submitter", "maxRequests", "logicalDeleteOnly", "retentionDays", "default", "success",
        "error", "warning", "cancelled", "enterpriseId", "roles", "privileges", "includes", "user", "role", "grantee",
        "resource", "definitions", "filter", "metadata", "requests", "actions", "parameters", "overridable",
    ]
    private static let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })

    private static func ordered(_ members: [String: JSONValue]) -> [(key: String, value: JSONValue)] {
        members.sorted { left, right in
            (ranks[left.key] ?? order.count, left.key) < (ranks[right.key] ?? order.count, right.key)
        }
    }
}
