import Yams

/// Reads settings from the YAML file: nested mappings, their path joined by dots is the key.
struct FileSource {
    private(set) var source = ConfigurationSource()
    /// The table with the keys that the file itself brings along.
    private(set) var table: ConfigurationTable

    private let path: String

    init(_ bytes: [UInt8], path: String, table: ConfigurationTable) {
        self.path = path
        self.table = table
        read(bytes)
    }

    private mutating func read(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return note("is not UTF-8", line: 1) }
        do {
            // The encoding is given because the library otherwise asks the environment.
            let parser = try Parser(yaml: text, encoding: .utf8)
            guard let root = try parser.singleRoot() else { return }
            guard let mapping = root.mapping else {
                if Self.isNull(root) { return }
                return note("must be a mapping of keys to values", line: Self.line(root))
            }
            table = table.adding(dataSources: Self.names(in: root[ConfigurationTable.dataSources]?.mapping))
            take(mapping, below: "")
        } catch let error as YamlError {
            // Not the library's own text: it quotes the file, secrets included.
            let place = Self.place(error)
            note("is no valid YAML: \(place.problem)", line: place.line)
        } catch {
            note("is no valid YAML", line: 1)
        }
    }

    private static func names(in section: Node.Mapping?) -> [String] {
        section?.compactMap { name, keys in keys.mapping == nil ? nil : name.scalar?.string } ?? []
    }

    private mutating func take(_ mapping: Node.Mapping, below prefix: String) {
        for (nameNode, value) in mapping {
            guard let name = nameNode.scalar?.string else {
                note("has a key that is no text", line: Self.line(nameNode))
                continue
            }
            take(value, at: prefix + name, line: Self.line(nameNode))
        }
    }

    private mutating func take(_ value: Node, at name: String, line: Int) {
        let origin = ConfigurationOrigin.file(path: path, line: line)
        guard let key = table.key(named: name) else {
            // Below an unknown section too, the leaves are named: `htp.port` shows what was meant.
            if let mapping = value.mapping, !mapping.isEmpty { return take(mapping, below: name + ".") }
            let isSection =
                name == ConfigurationTable.dataSources || table.keys.contains { $0.name.hasPrefix(name + ".") }
            if isSection, Self.isNull(value) || value.mapping != nil { return }
            if isSection { return note("is a section and takes keys, not a value", key: name, line: line) }
            return source.refuse(unknown: name, among: table.keys.map(\.name), origin: origin)
        }
        guard let raw = Self.raw(value) else {
            return note("must be a single value or, for a list, a sequence of values", key: name, line: line)
        }
        source.add(ConfigurationEntry(key: key, raw: raw, origin: origin, spelling: name))
    }

    private static func raw(_ node: Node) -> ConfigurationEntry.Raw? {
        if let sequence = node.sequence {
            let items = sequence.compactMap { $0.scalar?.string }
            return items.count == sequence.count ? .items(items) : nil
        }
        guard let scalar = node.scalar else { return nil }
        return .text(isNull(node) ? "" : scalar.string)
    }

    /// An unquoted nothing: `key:`, `key: ~`, `key: null`.
    private static func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    private static func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

    private static func place(_ error: YamlError) -> (line: Int, problem: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            (context.mark.line, "the key \(duplicates.joined(separator: ", ")) is given twice")
        case .reader(let problem, _, _, _): (1, problem)
        default: (1, "not readable")
        }
    }

    private mutating func note(_ message: String, key: String? = nil, line: Int) {
        source.problems.append(
            ConfigurationProblem(
                kind: .unreadable,
                key: key,
                origin: .file(path: path, line: line),
                message: message
            )
        )
    }
}
