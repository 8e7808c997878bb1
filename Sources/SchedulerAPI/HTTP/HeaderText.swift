/// Lists and parameters in HTTP header values (RFC 9110 §5.6).
enum HeaderText {
    /// The elements of a comma list, commas inside quotes not counted.
    static func elements(_ value: String) -> [Substring] { split(value[...], at: ",") }

    /// Type and parameters of `type/subtype;name=value`, type and names in lower case, values without quotes.
    static func parameterised(_ value: String) -> (type: String, parameters: [(name: String, value: String)]) {
        let parts = split(value[...], at: ";")
        let parameters = parts.dropFirst().compactMap { part -> (name: String, value: String)? in
            guard let equals = part.firstIndex(of: "=") else { return nil }
            let name = trimmed(part[..<equals]).lowercased()
            return (name, unquoted(trimmed(part[part.index(after: equals)...])))
        }
        return (parts.first.map { trimmed($0).lowercased() } ?? "", parameters)
    }

    private static func split(_ text: Substring, at separator: Character) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in text.indices {
            let character = text[index]
            if isEscaped {
                isEscaped = false
            } else if character == "\\" && isQuoted {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == separator && !isQuoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        parts.append(text[start...])
        return parts
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    private static func unquoted(_ text: Substring) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if character == "\\" && !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }
}
