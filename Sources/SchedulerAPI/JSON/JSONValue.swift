/// A value of a parsed JSON text: a place in its document, cheap to copy.
package struct JSONValue: Sendable {
    package enum Kind: String, Sendable {
        case null
        case bool = "boolean"
        case number
        case string
        case array
        case object
    }

    /// Name of the whole text in messages, where others have the path of a member.
    package static let rootName = "body"

    private let document: JSONDocument
    private let index: Int

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    package var kind: Kind {
        switch node.kind {
        case .null: .null
        case .boolFalse, .boolTrue: .bool
        case .number: .number
        case .string, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    package var isNull: Bool { node.kind == .null }

    /// Nil unless the value is a boolean.
    package var bool: Bool? {
        switch node.kind {
        case .boolFalse: false
        case .boolTrue: true
        default: nil
        }
    }

    /// Text of a string; nil for other values.
    package var string: String? {
        node.kind == .string || node.kind == .escapedString ? JSONText.string(node, of: document.bytes) : nil
    }

    /// Text of a string, number or boolean as it stands in the JSON; nil for other values.
    package var scalarText: String? {
        switch node.kind {
        case .number, .boolFalse, .boolTrue:
            String(decoding: document.bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
        default: string
        }
    }

    /// Elements of an array in order; none for other values.
    package var elements: JSONElements {
        JSONElements(document: document, position: index + 1, end: node.kind == .array ? Int(node.next) : 0)
    }

    /// Members of an object in order, also those that a later one of the same name replaces; none for other values.
    package var members: JSONMembers {
        JSONMembers(document: document, position: index + 1, end: node.kind == .object ? Int(node.next) : 0)
    }

    /// The last member of that name; nil if there is none or the value is no object.
    package subscript(name: String) -> JSONValue? {
        guard node.kind == .object else { return nil }
        let length = name.utf8.count
        var found: Int?
        var position = index + 1
        let end = Int(node.next)
        while position < end {
            let candidate = document.nodes[position]
            // Nearly all names differ in length already; those with escapes have to be looked at.
            if Int(candidate.end - candidate.start) == length || candidate.kind == .escapedString,
                JSONText.equals(name, candidate, of: document.bytes)
            {
                found = position + 1
            }
            position = Int(document.nodes[position + 1].next)
        }
        return found.map { JSONValue(document: document, index: $0) }
    }

    /// Where the value stands: `requestParameters[1].value`; `body` for the whole text. Linear in the text.
    package var path: String {
        let path = JSONNode.path(to: index, in: document.nodes, of: document.bytes)
        return path.isEmpty ? Self.rootName : path
    }

    /// Where a member of this object stands, present or not.
    package func path(of name: String) -> String {
        let path = JSONNode.path(to: index, in: document.nodes, of: document.bytes)
        return path.isEmpty ? name : "\(path).\(name)"
    }

    private var node: JSONNode { document.nodes[index] }
}
