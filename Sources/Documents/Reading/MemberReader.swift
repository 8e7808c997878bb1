import SchedulerCore

/// Takes the members of one object by name and type, reporting what is wrong with each; null counts as absent.
struct MemberReader {
    /// An item of a list and where it stands.
    struct Item {
        let node: DocumentNode
        let path: String
    }

    let path: String
    let line: Int
    let collector: ProblemCollector
    private let members: [String: DocumentNode.Member]
    private let order: [String]
    private var known: Set<String> = []

    /// Nil, and reported, unless the node is an object.
    init?(_ node: DocumentNode, _ path: String, _ collector: ProblemCollector) {
        guard case .mapping(let members) = node.content else {
            if node.content != .broken {
                collector.report(path, node.line, "an object is expected, not \(node.typeName)")
            }
            return nil
        }
        self.path = path
        line = node.line
        self.collector = collector
        self.members = Dictionary(members.map { ($0.key, $0) }) { first, _ in first }
        order = members.map(\.key)
    }

    /// Reports every member that nobody asked for, each once.
    func finish() {
        var reported: Set<String> = []
        for name in order where !known.contains(name) && reported.insert(name).inserted {
            report(name, "unknown member")
        }
    }

    func report(_ name: String, _ message: String) {
        collector.report(path(of: name), members[name]?.line ?? line, message)
    }

    func path(of name: String) -> String { "\(path)/\(JSONPointer.escaped(name))" }

    /// Accepts members whatever their values.
    mutating func skip(_ names: [String]) { known.formUnion(names) }

    /// The value if it is there and not null.
    mutating func node(_ name: String, isRequired: Bool = false) -> DocumentNode? {
        known.insert(name)
        guard let node = members[name]?.value, node.content != .null else {
            if isRequired { collector.report(path(of: name), members[name]?.line ?? line, "\(name) is required") }
            return nil
        }
        return node
    }

    mutating func string(
        _ name: String,
        isRequired: Bool = false,
        bytesMax: Int = MetadataLimits.textBytesMax
    ) -> String? {
        guard let node = node(name, isRequired: isRequired) else { return nil }
        return string(Item(node: node, path: path(of: name)), bytesMax: bytesMax)
    }

    /// A string, or the text of a number or boolean as it is written (REST §2.5).
    mutating func scalarText(_ name: String) -> String? {
        guard let node = node(name) else { return nil }
        return scalarText(Item(node: node, path: path(of: name)))
    }

    mutating func boolean(_ name: String) -> Bool? {
        guard let node = node(name) else { return nil }
        if case .boolean(let value) = node.content { return value }
        reportType(Item(node: node, path: path(of: name)), "true or false")
        return nil
    }

    mutating func integer(_ name: String, isRequired: Bool = false) -> Int64? {
        guard let node = node(name, isRequired: isRequired) else { return nil }
        if case .number(let text) = node.content, let value = Int64(text) { return value }
        reportType(Item(node: node, path: path(of: name)), "a whole number")
        return nil
    }

    /// A whole number, or a word that stands for there being none: then nil, as without the member.
    mutating func integer(_ name: String, orNone word: String) -> Int64? {
        guard let node = node(name) else { return nil }
        if case .number(let text) = node.content, let value = Int64(text) { return value }
        if node.content != .string(word) {
            reportType(Item(node: node, path: path(of: name)), "a whole number or \(word)")
        }
        return nil
    }

    /// One of the words that a type knows.
    mutating func choice<Choice: RawRepresentable<String>>(
        _ name: String,
        of choices: [Choice],
        isRequired: Bool = false
    ) -> Choice? {
        guard let text = string(name, isRequired: isRequired) else { return nil }
        let choice = choices.first { $0.rawValue == text }
        if choice == nil { report(name, "\(text) is none of \(choices.map(\.rawValue).joined(separator: ", "))") }
        return choice
    }

    /// The members of an object.
    mutating func object(_ name: String) -> MemberReader? {
        node(name).flatMap { MemberReader($0, path(of: name), collector) }
    }

    mutating func list(_ name: String, isRequired: Bool = false) -> [Item]? {
        guard let node = node(name, isRequired: isRequired) else { return nil }
        guard case .sequence(let items) = node.content else {
            reportType(Item(node: node, path: path(of: name)), "a list")
            return nil
        }
        let path = path(of: name)
        return items.enumerated().map { Item(node: $0.element, path: "\(path)/\($0.offset)") }
    }

    /// A list of strings of which each is read by `read`, which returns nil for what it does not know.
    mutating func words<Value>(_ name: String, _ meaning: String, read: (String) -> Value?) -> [Value] {
        (list(name) ?? []).compactMap { item in
            guard let text = string(item, bytesMax: MetadataLimits.textBytesMax) else { return nil }
            let value = read(text)
            if value == nil { collector.report(item.path, item.node.line, "\(text) is no \(meaning)") }
            return value
        }
    }

    func string(_ item: Item, bytesMax: Int) -> String? {
        guard case .string(let text) = item.node.content else {
            reportType(item, "a string")
            return nil
        }
        return checked(text, item, bytesMax: bytesMax)
    }

    func scalarText(_ item: Item) -> String? {
        switch item.node.content {
        case .string(let text): return checked(text, item, bytesMax: .max)
        case .number(let text): return text
        case .boolean(let value): return String(value)
        default:
            reportType(item, "a string, number or boolean")
            return nil
        }
    }

    private func checked(_ text: String, _ item: Item, bytesMax: Int) -> String? {
        if text.utf8.contains(0) {
            collector.report(item.path, item.node.line, "the text holds NUL")
            return nil
        }
        if text.utf8.count > bytesMax {
            collector.report(item.path, item.node.line, "the text is longer than \(bytesMax) bytes")
            return nil
        }
        return text
    }

    private func reportType(_ item: Item, _ expected: String) {
        guard item.node.content != .broken else { return }
        collector.report(item.path, item.node.line, "\(expected) is expected, not \(item.node.typeName)")
    }
}
