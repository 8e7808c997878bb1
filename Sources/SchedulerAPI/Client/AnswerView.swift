import SchedulerCore

/// An object of an answer, its members read as what they are.
///
/// What every answer of the kind has is read at once; the rest when somebody asks for it, nil where it is absent, or is
/// something that only a newer server knows.
package protocol AnswerView: Sendable {
    /// The object as it came.
    var json: JSONValue { get }

    /// - Throws: ``ClientError/unreadable(_:)`` with what is missing.
    init(_ json: JSONValue) throws(ClientError)
}

/// The members of answers.
extension JSONValue {
    func text(_ name: String) -> String? { self[name]?.string }

    func flag(_ name: String) -> Bool? { self[name]?.bool }

    func whole(_ name: String) -> Int64? {
        guard let value = self[name], value.kind == .number else { return nil }
        return value.scalarText.flatMap { Int64($0) }
    }

    func count(_ name: String) -> Int? { whole(name).flatMap { Int(exactly: $0) } }

    func requestID(_ name: String) -> RequestID? { whole(name).map { RequestID($0) } }

    func instant(_ name: String) -> Timestamp? { text(name).flatMap { Timestamp(rfc3339: $0) } }

    /// A value of an enumeration by its wire name.
    func named<Value: RawRepresentable<String>>(_ name: String) -> Value? {
        text(name).flatMap { Value(rawValue: $0) }
    }

    func list(_ name: String) -> [JSONValue] { self[name].map { Array($0.elements) } ?? [] }

    func texts(_ name: String) -> [String] { list(name).compactMap(\.string) }

    /// Values of an enumeration; unknown ones are left out.
    func names<Value: RawRepresentable<String>>(_ name: String) -> [Value] {
        texts(name).compactMap { Value(rawValue: $0) }
    }

    func links(_ name: String = "links") -> [Link] {
        list(name).compactMap { link in
            guard let href = link.text("href"), let rel = link.text("rel") else { return nil }
            return Link(href: href, rel: rel)
        }
    }

    func views<View: AnswerView>(_ name: String) throws(ClientError) -> [View] {
        var views: [View] = []
        for element in list(name) { views.append(try View(element)) }
        return views
    }

    /// - Throws: ``ClientError/unreadable(_:)`` where a member is absent that every answer has.
    func needed<Value>(_ name: String, _ read: (String) -> Value?) throws(ClientError) -> Value {
        guard let value = read(name) else { throw .unreadable("holds no \(name)") }
        return value
    }
}
