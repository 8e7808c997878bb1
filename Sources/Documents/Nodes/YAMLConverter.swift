import Yams

/// Turns nodes of the YAML library into ours, noting what documents may not contain.
struct YAMLConverter {
    private(set) var problems: [NodeReading.Problem] = []
    private let lineOffset: Int
    private let marks: DuplicateMarks

    init(lineOffset: Int, marks: DuplicateMarks) {
        self.lineOffset = lineOffset
        self.marks = marks
    }

    mutating func convert(_ node: Node, _ path: String, _ depth: Int) -> DocumentNode {
        let line = (node.mark?.line ?? 1) + lineOffset
        func broken(_ message: String) -> DocumentNode {
            problems.append(NodeReading.Problem(path: path, line: line, message: message))
            return DocumentNode(content: .broken, line: line)
        }
        guard node.anchor == nil else { return broken("anchors and aliases are not supported") }
        guard depth <= DocumentLimits.depthMax else {
            return broken("nested deeper than \(DocumentLimits.depthMax) levels")
        }
        switch node {
        case .alias: return broken("anchors and aliases are not supported")
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            // The parser itself puts the tag of strings on whatever is quoted.
            let tag = scalar.tag.rawValue
            guard tag.isEmpty || (!isPlain && tag == Tag.Name.str.rawValue) else { return broken(Self.noTags) }
            let content = isPlain ? PlainScalar.content(scalar.string) : .string(scalar.string)
            return DocumentNode(content: content, line: line)
        case .sequence(let sequence):
            guard sequence.tag.rawValue.isEmpty else { return broken(Self.noTags) }
            var items: [DocumentNode] = []
            for (index, item) in sequence.enumerated() { items.append(convert(item, "\(path)/\(index)", depth + 1)) }
            return DocumentNode(content: .sequence(items), line: line)
        case .mapping(let mapping):
            guard mapping.tag.rawValue.isEmpty else { return broken(Self.noTags) }
            var members: [DocumentNode.Member] = []
            for (key, value) in mapping {
                if let member = member(key, value, path, depth) { members.append(member) }
            }
            return DocumentNode(content: .mapping(members), line: line)
        }
    }

    private static let noTags = "tags are not supported"

    private mutating func member(
        _ key: Node,
        _ value: Node,
        _ path: String,
        _ depth: Int
    ) -> DocumentNode.Member? {
        let line = (key.mark?.line ?? 1) + lineOffset
        guard case .scalar(let scalar) = key, key.anchor == nil else {
            problems.append(NodeReading.Problem(path: path, line: line, message: "the name of a member is a word"))
            return nil
        }
        let name = marks.unmarked(scalar.string)
        let value = convert(value, "\(path)/\(JSONPointer.escaped(name))", depth + 1)
        return DocumentNode.Member(key: name, line: line, value: value)
    }
}
