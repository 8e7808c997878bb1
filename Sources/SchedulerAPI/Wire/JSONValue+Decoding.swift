import SchedulerCore

/// Typed access to the members of a body. An absent member and one that is null are the same (REST §2.5).
extension JSONValue {
    /// - Throws: ESS-05002 unless the value is an object.
    func requireObject() throws(SchedulerError) {
        guard kind == .object else { throw SchedulerError(5002, path, "object") }
    }

    func present(_ name: String) -> JSONValue? {
        guard let value = self[name], !value.isNull else { return nil }
        return value
    }

    func required(_ name: String) throws(SchedulerError) -> JSONValue {
        guard let value = present(name) else { throw SchedulerError(5003, path(of: name)) }
        return value
    }

    func stringMember(_ name: String) throws(SchedulerError) -> String? {
        guard let value = present(name) else { return nil }
        return try value.requireString()
    }

    func boolMember(_ name: String) throws(SchedulerError) -> Bool? {
        guard let value = present(name) else { return nil }
        guard let flag = value.bool else { throw SchedulerError(5002, value.path, "boolean") }
        return flag
    }

    func integerMember(_ name: String, in range: ClosedRange<Int64>) throws(SchedulerError) -> Int64? {
        guard let value = present(name) else { return nil }
        return try value.requireInteger(in: range)
    }

    func enumMember<Value: RawRepresentable<String>>(_ name: String) throws(SchedulerError) -> Value? {
        guard let value = present(name) else { return nil }
        return try value.requireEnum()
    }

    func dateTimeMember(_ name: String) throws(SchedulerError) -> DateTimeInput? {
        guard let value = present(name) else { return nil }
        return try value.requireDateTime()
    }

    /// The elements of an array member; none if it is absent.
    func elements(of name: String) throws(SchedulerError) -> JSONElements? {
        guard let value = present(name) else { return nil }
        guard value.kind == .array else { throw SchedulerError(5002, value.path, "array") }
        return value.elements
    }

    func requireString() throws(SchedulerError) -> String {
        guard let string else { throw SchedulerError(5002, path, "string") }
        return string
    }

    /// A number without fraction and exponent.
    func requireInteger(in range: ClosedRange<Int64>) throws(SchedulerError) -> Int64 {
        guard kind == .number, let text = scalarText, text.utf8.allSatisfy({ JSONText.isDigit($0) || $0 == 0x2D })
        else { throw SchedulerError(5002, path, "integer") }
        guard let number = Int64(text), range.contains(number) else {
            throw SchedulerError(5005, path, "\(range.lowerBound)..\(range.upperBound)")
        }
        return number
    }

    func requireEnum<Value: RawRepresentable<String>>() throws(SchedulerError) -> Value {
        let text = try requireString()
        guard let value = Value(rawValue: text) else { throw SchedulerError(5004, text, path) }
        return value
    }

    func requireDateTime() throws(SchedulerError) -> DateTimeInput {
        let text = try requireString()
        guard let value = DateTimeInput(text) else { throw badDateTime(text) }
        return value
    }

    /// ESS-00004 with the member: `startTime "tomorrow"`.
    func badDateTime(_ text: String) -> SchedulerError { SchedulerError(4, "\(path) \"\(text)\"") }
}
