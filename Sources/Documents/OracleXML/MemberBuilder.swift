/// Puts together one object of a document.
struct MemberBuilder {
    private var members: [DocumentNode.Member] = []
    private let line: Int

    init(line: Int) { self.line = line }

    var node: DocumentNode { DocumentNode(content: .mapping(members), line: line) }

    mutating func add(_ name: String, _ content: DocumentNode.Content, line: Int) {
        members.append(DocumentNode.Member(key: name, line: line, value: DocumentNode(content: content, line: line)))
    }

    /// Adds a text; none without text.
    mutating func add(_ name: String, _ found: FoundText?) {
        if let found { add(name, .string(found.text), line: found.place.line) }
    }

    /// The text of a member, nil if it has none.
    func text(_ name: String) -> String? {
        guard case .string(let text)? = members.first(where: { $0.key == name })?.value.content else { return nil }
        return text
    }

    /// Adds a list unless it is empty.
    mutating func add(_ name: String, _ nodes: [DocumentNode]) {
        if let first = nodes.first { add(name, .sequence(nodes), line: first.line) }
    }
}

extension DocumentNode {
    static func text(_ text: String, line: Int) -> DocumentNode { DocumentNode(content: .string(text), line: line) }
}
