/// Writes filters in the query grammar: reading the text again gives an equal filter.
package struct FilterPrinter<Field: FilterField> {
    package init() {}

    package func text(of filter: Filter<Field>) -> String {
        var text = ""
        write(filter, to: &text)
        return text
    }

    private func write(_ filter: Filter<Field>, to text: inout String) {
        switch filter {
        case .comparison(let field, let comparison, let value):
            text += field.rawValue + " " + comparison.rawValue + " "
            write(value, to: &text)
        case .present(let field):
            text += field.rawValue + " pr"
        case .and(let parts):
            write(parts, joinedBy: " and ", to: &text)
        case .or(let parts):
            write(parts, joinedBy: " or ", to: &text)
        case .not(let inner):
            text += "not "
            writeGroup(inner, to: &text)
        }
    }

    private func write(_ parts: [Filter<Field>], joinedBy word: String, to text: inout String) {
        precondition(parts.count > 1, "and, or without two parts cannot be spelled")
        for (index, part) in parts.enumerated() {
            if index > 0 { text += word }
            switch part {
            // `and` binds closer than `or`, but in `and` itself it is a list of its own.
            case .and where word == " or ": write(part, to: &text)
            case .and, .or: writeGroup(part, to: &text)
            case .comparison, .present, .not: write(part, to: &text)
            }
        }
    }

    private func writeGroup(_ filter: Filter<Field>, to text: inout String) {
        text += "("
        write(filter, to: &text)
        text += ")"
    }

    private func write(_ value: FilterValue, to text: inout String) {
        switch value {
        case .integer(let number): text += String(number)
        case .dateTime(let instant): text += "\"" + instant.description + "\""
        case .boolean(let value): text += value ? "true" : "false"
        case .text(let value): writeQuoted(value, to: &text)
        }
    }

    private func writeQuoted(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                text.unicodeScalars.append("\\")
                text.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default:
                text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension Filter: CustomStringConvertible {
    /// The filter in the query grammar.
    package var description: String { FilterPrinter().text(of: self) }
}
