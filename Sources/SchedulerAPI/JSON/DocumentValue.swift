/// A JSON value put together in code; members keep their order.
indirect enum DocumentValue: Sendable {
    case text(String)
    case number(Int64)
    case flag(Bool)
    /// In the place of an element that is left out.
    case null
    case list([DocumentValue])
    case object([(name: String, value: DocumentValue)])

    func write(to writer: inout JSONWriter) {
        switch self {
        case .text(let text): writer.value(text)
        case .number(let number): writer.value(number)
        case .flag(let flag): writer.value(flag)
        case .null: writer.value(encoded: Array("null".utf8))
        case .list(let values):
            writer.beginArray()
            for value in values { value.write(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.name(JSONName(member.name))
                member.value.write(to: &writer)
            }
            writer.endObject()
        }
    }

    /// A list of texts.
    static func texts(_ texts: some Sequence<String>) -> DocumentValue { .list(texts.map { .text($0) }) }
}

extension DocumentValue: ExpressibleByStringInterpolation {
    init(stringLiteral text: String) { self = .text(text) }
}

extension DocumentValue: ExpressibleByIntegerLiteral {
    init(integerLiteral number: Int64) { self = .number(number) }
}

extension DocumentValue: ExpressibleByBooleanLiteral {
    init(booleanLiteral flag: Bool) { self = .flag(flag) }
}

extension DocumentValue: ExpressibleByArrayLiteral {
    init(arrayLiteral values: DocumentValue...) { self = .list(values) }
}

extension DocumentValue: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral members: (String, DocumentValue)...) {
        self = .object(members.map { (name: $0.0, value: $0.1) })
    }
}
