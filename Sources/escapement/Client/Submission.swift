/// What `request submit` sends.
struct Submission: Sendable {
    /// A `--param` argument: `NAME=VALUE` or `NAME:TYPE=VALUE`.
    struct Parameter: Sendable, Equatable {
        static let types = ["BOOLEAN", "INTEGER", "LONG", "DATETIME", "STRING"]
        /// Type of a parameter that neither the user nor the definition gives one.
        static let undeclaredType = "STRING"

        let name: String
        /// Nil = the type that the definition declares.
        var type: String?
        let value: String

        /// Nil when the text has no name or no `=`.
        init?(parsing text: String) {
            guard let equals = text.firstIndex(of: "=") else { return nil }
            var name = text[..<equals]
            if let colon = name.lastIndex(of: ":"), Self.types.contains(String(name[name.index(after: colon)...])) {
                type = String(name[name.index(after: colon)...])
                name = name[..<colon]
            }
            guard !name.isEmpty else { return nil }
            self.name = String(name)
            value = String(text[text.index(after: equals)...])
        }
    }

    let definition: String
    var parameters: [Parameter] = []
    /// RFC 3339; the server checks it. Nil = now.
    var startTime: String?
    /// Runs it again and again; nil = once.
    var schedule: ScheduleChoice?
    /// The running job whose sub-request it is.
    var job: JobContext?

    var body: ReplyValue {
        var members: [String: ReplyValue] = ["jobDefinitionId": .text(definition)]
        if let startTime { members["startTime"] = .text(startTime) }
        if let schedule { members[schedule.member.name] = schedule.member.value }
        if let job {
            members["requestExecutionContext"] = .object([
                "requestHandle": .text(job.handle), "requestId": .whole(job.requestID),
            ])
        }
        if !parameters.isEmpty {
            members["requestParameters"] = .list(
                parameters.map { parameter in
                    var entry: [String: ReplyValue] = ["name": .text(parameter.name), "value": .text(parameter.value)]
                    if let type = parameter.type { entry["paramType"] = .text(type) }
                    return .object(entry)
                }
            )
        }
        return .object(members)
    }

    /// Gives a type to the parameter that the server misses one for: to the one that its refusal names,
    /// or, when the words are not understood, to all that have none.
    ///
    /// - Returns: whether anything changed, so that submitting again makes sense.
    mutating func typeUndeclaredParameter(accordingTo refusal: String) -> Bool {
        guard refusal.contains("paramType") else { return false }
        let untyped = parameters.indices.filter { parameters[$0].type == nil }
        let named = untyped.filter { refusal.contains("paramType of \(parameters[$0].name) is required") }
        for index in named.isEmpty ? untyped : named { parameters[index].type = Parameter.undeclaredType }
        return !untyped.isEmpty
    }
}
