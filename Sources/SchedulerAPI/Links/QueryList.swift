/// Comma lists in query parameters.
enum QueryList {
    /// The items without blanks and double quotes round them or round the whole; empty ones left out.
    static func items(_ text: String?) -> [Substring] {
        guard let text else { return [] }
        return text.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
    }

    private static func trimmed(_ item: Substring) -> Substring {
        var item = item
        while let first = item.first, first == " " || first == "\"" { item.removeFirst() }
        while let last = item.last, last == " " || last == "\"" { item.removeLast() }
        return item
    }
}
