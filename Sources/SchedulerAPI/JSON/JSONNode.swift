/// One value or member name of a document. In an object each name stands directly before its value.
struct JSONNode: Sendable {
    enum Kind: UInt8, Sendable {
        case null
        case boolFalse
        case boolTrue
        case number
        case string
        /// A string with at least one escape.
        case escapedString
        case array
        case object
    }

    let kind: Kind
    /// First byte; of a string, the one after the quote.
    let start: Int32
    /// Byte after the last one; of a string, the closing quote.
    var end: Int32
    /// Index of the node after this value and all that it contains; 0 while it is open.
    var next: Int32
}

extension JSONNode {
    /// Where node `target` stands below the first one: `requestParameters[1].value`; empty for the first itself.
    ///
    /// It works on unfinished nodes too, with the number of nodes as target: then it names the member whose value
    /// was being read, or the object if it was one of its names.
    static func path(to target: Int, in nodes: [JSONNode], of bytes: [UInt8]) -> String {
        var path = ""
        var container = 0
        while container < target, container < nodes.count {
            let isObject = nodes[container].kind == .object
            guard isObject || nodes[container].kind == .array else { break }
            var item = container + 1
            var index = 0
            while let next = end(ofItemAt: item, isMember: isObject, in: nodes), next <= target {
                item = next
                index += 1
            }
            if isObject {
                guard item < target else { break }
                path += (path.isEmpty ? "" : ".") + JSONText.string(nodes[item], of: bytes)
                container = item + 1
            } else {
                path += "[\(index)]"
                container = item
            }
        }
        return path
    }

    /// The node after the element, or after the member whose name stands at `item`; nil while it is unfinished.
    private static func end(ofItemAt item: Int, isMember: Bool, in nodes: [JSONNode]) -> Int? {
        let value = isMember ? item + 1 : item
        guard value < nodes.count, nodes[value].next > 0 else { return nil }
        return Int(nodes[value].next)
    }
}
