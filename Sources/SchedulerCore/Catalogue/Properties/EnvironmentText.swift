/// The form of `SYS_environmentVariables` (runtime §4).
package enum EnvironmentText {
    /// The variables in order, or nil if the text is not `NAME=value,…`; `\,` stands for a comma in a value, every
    /// other
    /// backslash for itself.
    package static func variables(_ text: String) -> [(name: String, value: String)]? {
        var variables: [(name: String, value: String)] = []
        for item in items(text) where !item.isEmpty {
            guard let equals = item.firstIndex(of: "=") else { return nil }
            let name = item[..<equals].drop { $0 == " " }
            guard isName(name) else { return nil }
            variables.append((String(name), String(item[item.index(after: equals)...])))
        }
        return variables
    }

    /// Split at bare commas.
    private static func items(_ text: String) -> [String] {
        var items = [""]
        var isEscaped = false
        for character in text {
            if isEscaped {
                items[items.count - 1] += character == "," ? "," : "\\\(character)"
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "," {
                items.append("")
            } else {
                items[items.count - 1].append(character)
            }
        }
        if isEscaped { items[items.count - 1].append("\\") }
        return items
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
