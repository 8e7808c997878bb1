import PostgresClient
import SchedulerCore

/// The one statement of a SQL job, its values beside it and never in it (runtime §9.3).
struct SQLCall: Sendable {
    /// Parts of a procedure's name: database, schema, name.
    private static let nameParts = 1...3

    let sql: String
    let parameters: PostgresParameters

    /// - Throws: `CallSettingError`, `TokenError`.
    init(_ invocation: Invocation, tokens: TokenResolver) async throws {
        if let procedure = Self.property("SYS_procedureName", of: invocation) {
            try await self.init(procedure: procedure, invocation, tokens)
        } else if let text = Self.property("SYS_EXT_sqlText", of: invocation) {
            try await self.init(text: text, invocation, tokens)
        } else {
            throw CallSettingError("Neither SYS_procedureName nor SYS_EXT_sqlText is set.")
        }
    }

    /// `CALL` with `submit.argument1`, `submit.argument2`, … as texts; one that is left out is NULL.
    private init(procedure: String, _ invocation: Invocation, _ tokens: TokenResolver) async throws {
        guard Self.isName(procedure) else {
            throw CallSettingError("SYS_procedureName is not the name of a procedure.")
        }
        let templates = try Self.arguments(of: invocation).map { value in
            try value.map { try CallTemplate.parse($0, property: "An argument") }
        }
        let values = try await tokens.values(of: templates.compactMap { $0 }, for: invocation)
        var parameters = PostgresParameters()
        for template in templates {
            parameters.append(try template?.resolved { token in try values.value(of: token) })
        }
        let places = templates.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        sql = "CALL \(procedure)(\(places))"
        self.parameters = parameters
    }

    /// Each token becomes a parameter of type text, the same one wherever it stands.
    private init(text: String, _ invocation: Invocation, _ tokens: TokenResolver) async throws {
        let template = try CallTemplate.parse(text, property: "SYS_EXT_sqlText")
        let values = try await tokens.values(of: [template], for: invocation)
        var parameters = PostgresParameters()
        var places: [TokenTemplate.Token: Int] = [:]
        var sql = ""
        for part in template.parts {
            switch part {
            case .text(let text): sql += text
            case .token(let token):
                if places[token] == nil {
                    parameters.append(try values.value(of: token))
                    places[token] = parameters.count
                }
                sql += "$\(places[token] ?? 0)"
            }
        }
        self.sql = sql
        self.parameters = parameters
    }

    private static func property(_ name: String, of invocation: Invocation) -> String? {
        guard let value = invocation.value(name), !value.isEmpty else { return nil }
        return value
    }

    private static func arguments(of invocation: Invocation) -> [String?] {
        var found: [Int: String] = [:]
        for parameter in invocation.effectiveParameters where ArgumentCount.isArgument(parameter.name) {
            let digits = parameter.name.drop { $0 < "0" || $0 > "9" }
            guard let number = Int(digits), (1...ParameterLimits.argumentsPerStepMax).contains(number) else { continue }
            found[number] = parameter.value
        }
        return (0..<(found.keys.max() ?? 0)).map { found[$0 + 1] }
    }

    /// Identifiers joined by dots, each plain or in double quotes: nothing else of SQL fits into a name.
    private static func isName(_ text: String) -> Bool {
        var parts = 0
        var rest = Substring(text)
        while true {
            guard let after = rest.first == "\"" ? quoted(rest) : plain(rest) else { return false }
            parts += 1
            guard let dot = after.first else { return nameParts.contains(parts) }
            guard dot == "." else { return false }
            rest = after.dropFirst()
        }
    }

    /// What follows a plain identifier; nil where none begins.
    private static func plain(_ text: Substring) -> Substring? {
        guard let first = text.first, first.isLetter || first == "_" else { return nil }
        return text.drop { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
    }

    /// What follows an identifier in quotes, in which a quote is written twice; nil where none begins, or ends.
    private static func quoted(_ text: Substring) -> Substring? {
        var rest = text.dropFirst()
        var isEmpty = true
        while let end = rest.firstIndex(of: "\"") {
            isEmpty = isEmpty && end == rest.startIndex
            rest = rest[end...].dropFirst()
            guard rest.first == "\"" else { return isEmpty ? nil : rest }
            isEmpty = false
            rest = rest.dropFirst()
        }
        return nil
    }
}
