/// Bodies of calls as JSON.
extension DocumentValue {
    /// An object of the members that are there, in the order of their names.
    static func members(_ members: KeyValuePairs<String, DocumentValue?>) -> DocumentValue {
        let present = members.compactMap { name, value in value.map { (name: name, value: $0) } }
        return .object(present.sorted { $0.name < $1.name })
    }

    var encoded: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    init?(_ text: String?) {
        guard let text else { return nil }
        self = .text(text)
    }

    init?(_ number: Int64?) {
        guard let number else { return nil }
        self = .number(number)
    }

    init?(_ number: Int?) { self.init(number.map { Int64($0) }) }

    init?(_ flag: Bool?) {
        guard let flag else { return nil }
        self = .flag(flag)
    }

    /// Nil of an empty list.
    init?(_ values: [DocumentValue]) {
        guard !values.isEmpty else { return nil }
        self = .list(values)
    }
}
