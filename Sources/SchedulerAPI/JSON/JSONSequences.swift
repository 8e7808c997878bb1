/// The elements of an array.
package struct JSONElements: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(document: JSONDocument, position: Int, end: Int) {
        self.document = document
        self.position = position
        self.end = end
    }

    package mutating func next() -> JSONValue? {
        guard position < end else { return nil }
        defer { position = Int(document.nodes[position].next) }
        return JSONValue(document: document, index: position)
    }
}

/// The members of an object.
package struct JSONMembers: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(document: JSONDocument, position: Int, end: Int) {
        self.document = document
        self.position = position
        self.end = end
    }

    package mutating func next() -> (name: String, value: JSONValue)? {
        guard position < end else { return nil }
        let name = JSONText.string(document.nodes[position], of: document.bytes)
        let value = JSONValue(document: document, index: position + 1)
        position = Int(document.nodes[position + 1].next)
        return (name, value)
    }
}
