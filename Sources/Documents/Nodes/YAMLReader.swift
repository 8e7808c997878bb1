import Yams

/// Reads a stream of YAML 1.2 documents into nodes that know their lines.
///
/// Every document is read by itself, so that one which is no YAML hides nothing that is wrong with the others. Tags,
/// anchors and aliases are refused, and so are keys that are no words.
struct YAMLReader {
    /// Most members of one document that stand twice and are told apart; more are reported as one.
    private static let duplicatesMax = 32

    private var reading = NodeReading()

    /// Reads valid UTF-8 without a byte order mark.
    static func read(_ bytes: [UInt8]) -> NodeReading {
        var reader = YAMLReader()
        for chunk in YAMLChunk.chunks(of: bytes) { reader.read(chunk) }
        return reader.reading
    }

    private mutating func read(_ chunk: YAMLChunk) {
        if let line = chunk.lineOfBomb {
            reading.report("", line, "anchors, aliases and keys that are no words are not supported")
            return
        }
        var text = chunk.text
        var marks = DuplicateMarks()
        while true {
            do {
                reading.documents += try nodes(of: text, offset: chunk.lineOffset, marks: marks)
                return
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let marked = marks.count < Self.duplicatesMax ? marks.mark(in: text, at: context.mark) : nil
                guard let marked else {
                    let line = context.mark.line + chunk.lineOffset
                    reading.report("", line, "members stand twice: \(names.joined(separator: ", "))")
                    return
                }
                text = marked
            } catch {
                let (line, message) = Self.place(of: error)
                reading.report("", line + chunk.lineOffset, message)
                return
            }
        }
    }

    /// The documents of one chunk: one, unless it holds line ends that only YAML knows.
    private mutating func nodes(of text: String, offset: Int, marks: DuplicateMarks) throws -> [DocumentNode] {
        // Without rules for tags a key is its text: `1` and `"1"` are one member.
        let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
        var nodes: [Node] = []
        while let node = try parser.nextRoot() { nodes.append(node) }
        // Nodes refer weakly to their anchors, which the parser owns.
        return withExtendedLifetime(parser) {
            var converter = YAMLConverter(lineOffset: offset, marks: marks)
            let documents = nodes.map { converter.convert($0, "", 1) }
            reading.problems += converter.problems
            return documents.filter { $0.content != .null }
        }
    }

    private static func place(of error: any Error) -> (line: Int, message: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, "no valid YAML: \(problem)")
        case .reader(let problem, let offset, _, let yaml):
            (1 + yaml.prefix(offset ?? 0).count(where: \.isNewline), "no valid YAML: \(problem)")
        default: (1, "no valid YAML")
        }
    }
}
