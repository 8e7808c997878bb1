/// Fills message templates of the error catalogue.
enum ErrorTemplate {
    /// Stands where a template wants an argument that was not given: a slip must not cost the answer.
    static let missingArgument = "(unknown)"
    /// Longest argument shown in a message, in characters; callers may have sent megabytes.
    static let argumentLengthMax = 512

    /// The template with every `{n}` replaced by argument `n`, in one pass: arguments are never read as templates.
    static func fill(_ template: String, with arguments: [String]) -> String {
        var text = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            if let index = Int(name) {
                text += arguments.indices.contains(index) ? arguments[index] : missingArgument
            } else {
                text += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// The numbers of the placeholders, in the order of the text.
    static func placeholders(of template: String) -> [Int] {
        template.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: "}").flatMap { Int(part[..<$0]) }
        }
    }

    static func shortened(_ argument: String) -> String {
        guard argument.utf8.count > argumentLengthMax else { return argument }
        let head = argument.prefix(argumentLengthMax)
        return head.endIndex == argument.endIndex ? argument : head + "…"
    }
}
