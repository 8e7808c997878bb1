/// Any JSON as YAML, in the form that documents are written in.
package enum YAMLText {
    /// The value as YAML with a line end after its last line; nil for what is no JSON.
    package static func text(json bytes: [UInt8]) -> String? {
        let reading = JSONReader.read(bytes)
        guard reading.problems.isEmpty, let node = reading.documents.first else { return nil }
        return value(of: node).map(YAMLWriter.text)
    }

    /// The documents of a text of YAML or JSON, each as JSON.
    ///
    /// - Throws: `DocumentErrors` for what is neither.
    package static func json(_ text: [UInt8], file: String) throws(DocumentErrors) -> [[UInt8]] {
        let collector = ProblemCollector(file: file)
        let nodes = DocumentReader.values(text, as: .yaml, collector)
        guard collector.problems.isEmpty else { throw DocumentErrors(collector.problems) }
        return nodes.compactMap { value(of: $0) }.map { Array($0.text.utf8) }
    }

    private static func value(of node: DocumentNode) -> JSONValue? {
        switch node.content {
        case .null: return .literal("null")
        case .boolean(let flag): return .boolean(flag)
        // YAML knows numbers that JSON does not.
        case .number(let text):
            return JSONReader.read(Array(text.utf8)).problems.isEmpty ? .literal(text) : .string(text)
        case .string(let text): return .string(text)
        case .sequence(let items): return .array(items.compactMap(value))
        case .mapping(let members):
            let pairs = members.compactMap { member in value(of: member.value).map { (member.key, $0) } }
            return .object(Dictionary(pairs) { _, last in last })
        case .broken: return nil
        }
    }
}
