/// A value of a document and the line it begins on, the same for YAML and JSON.
struct DocumentNode: Hashable, Sendable {
    indirect enum Content: Hashable, Sendable {
        case null
        case boolean(Bool)
        /// As written.
        case number(String)
        case string(String)
        case sequence([DocumentNode])
        /// In order; a key that stands twice is kept twice.
        case mapping([Member])
        /// Could not be taken over and was reported already: whoever meets it says nothing more.
        case broken
    }

    struct Member: Hashable, Sendable {
        let key: String
        /// Line of the key.
        let line: Int
        let value: DocumentNode
    }

    let content: Content
    /// From 1.
    let line: Int

    /// What the content is called in messages.
    var typeName: String {
        switch content {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .sequence: "a list"
        case .mapping: "an object"
        case .broken: "unreadable"
        }
    }

    /// The object with members that it lacks; anything else as it is.
    func adding(_ texts: [(name: String, text: String)]) -> DocumentNode {
        guard case .mapping(let members) = content else { return self }
        let missing = texts.filter { text in !members.contains { $0.key == text.name } }
        let added = missing.map { text in
            Member(key: text.name, line: line, value: DocumentNode(content: .string(text.text), line: line))
        }
        return DocumentNode(content: .mapping(members + added), line: line)
    }

    /// Line of the node at a JSON pointer, or of the nearest that exists above it.
    func line(at pointer: String) -> Int {
        var node = self
        var line = line
        for step in pointer.split(separator: "/").map(JSONPointer.unescaped) {
            switch node.content {
            case .mapping(let members):
                guard let member = members.last(where: { $0.key == step }) else { return line }
                node = member.value
                line = member.line
            case .sequence(let items):
                guard let index = Int(step), items.indices.contains(index) else { return line }
                node = items[index]
                line = node.line
            case .null, .boolean, .number, .string, .broken: return line
            }
        }
        return line
    }
}

/// Steps of a JSON pointer (RFC 6901).
enum JSONPointer {
    static func escaped(_ step: String) -> String {
        step.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    static func unescaped(_ step: some StringProtocol) -> String {
        String(step).replacing("~1", with: "/").replacing("~0", with: "~")
    }
}
