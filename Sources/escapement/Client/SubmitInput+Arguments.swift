import SchedulerAPI
import SchedulerCore

extension RequestParameterBody {
    /// A `--param` argument: `NAME=VALUE` or `NAME:TYPE=VALUE`; nil when it has no name or no `=`.
    init?(argument text: String) {
        guard let equals = text.firstIndex(of: "=") else { return nil }
        var name = text[..<equals]
        var type: ParameterType?
        if let colon = name.lastIndex(of: ":") {
            type = ParameterType(rawValue: String(name[name.index(after: colon)...]))
            if type != nil { name = name[..<colon] }
        }
        guard !name.isEmpty else { return nil }
        self.init(name: String(name), type: type, value: String(text[text.index(after: equals)...]))
    }
}

extension ScheduleChoice {
    /// The id of a stored schedule, or a rule of RFC 5545: a rule has an `=`, which no id may have.
    init(argument text: String) { self = text.contains("=") ? .rules([text]) : .stored(text) }

    static func rules(_ rules: [String], zone: String? = nil) -> ScheduleChoice {
        .inline(ScheduleInput(recurrences: rules.map { ScheduleInput.Recurrence(icalString: $0) }, timezone: zone))
    }
}

extension SubmitInput {
    /// Type of a parameter that neither the user nor the definition gives one.
    private static let undeclaredType = ParameterType.string

    /// Gives a type to the parameter that the server misses one for: to the one that its refusal names,
    /// or, when the words are not understood, to all that have none.
    ///
    /// - Returns: whether anything changed, so that submitting again makes sense.
    mutating func typeUndeclaredParameter(accordingTo refusal: String) -> Bool {
        guard refusal.contains("paramType") else { return false }
        let untyped = requestParameters.indices.filter { requestParameters[$0].type == nil }
        let named = untyped.filter { refusal.contains("paramType of \(requestParameters[$0].name) is required") }
        for index in named.isEmpty ? untyped : named { requestParameters[index].type = Self.undeclaredType }
        return !untyped.isEmpty
    }
}
