package import SchedulerCore

/// A parameter as a caller sends it (REST §3.1).
package struct RequestParameterBody: Hashable, Sendable {
    package var name: String
    /// Nil: the declared type, if there is one.
    package var type: ParameterType?
    /// Text of the value; numbers and booleans as they stood in the JSON.
    package var value: String?
    /// Dotted step path; nil: all steps.
    package var scope: String?

    package init(name: String, type: ParameterType? = nil, value: String? = nil, scope: String? = nil) {
        self.name = name
        self.type = type
        self.value = value
        self.scope = scope
    }

    package init(_ json: JSONValue) throws(SchedulerError) {
        try json.requireObject()
        let name = try json.required("name").requireString()
        guard !name.isEmpty else { throw SchedulerError(5003, json.path(of: "name")) }
        let scope = try json.stringMember("scope")
        self.init(
            name: name,
            type: try json.enumMember("paramType"),
            value: try Self.value(of: json),
            scope: scope?.isEmpty == true ? nil : scope
        )
    }

    /// The parameters of a member, in order; nil if it is absent.
    ///
    /// - Throws: ESS-05008 for too many parameters, or too many arguments of one step.
    static func list(_ name: String, of json: JSONValue) throws(SchedulerError) -> [RequestParameterBody]? {
        guard let elements = try json.elements(of: name) else { return nil }
        var parameters: [RequestParameterBody] = []
        for element in elements {
            guard parameters.count < WireLimits.parametersMax else {
                throw SchedulerError(5008, json.path(of: name), String(WireLimits.parametersMax))
            }
            parameters.append(try RequestParameterBody(element))
        }
        try checkArguments(parameters, member: json.path(of: name))
        return parameters
    }

    private static func value(of json: JSONValue) throws(SchedulerError) -> String? {
        try json.present("value").map { member throws(SchedulerError) in try text(member) }
    }

    /// The text of a value: a string, or a number or boolean as it stands in the JSON.
    ///
    /// - Throws: ESS-05002; ESS-05005 where it is too long.
    static func text(_ member: JSONValue) throws(SchedulerError) -> String {
        guard let text = member.scalarText else { throw SchedulerError(5002, member.path, "string") }
        guard text.utf8.count <= WireLimits.parameterValueBytesMax else {
            throw SchedulerError(5005, member.path, "0..\(WireLimits.parameterValueBytesMax) bytes")
        }
        return text
    }

    /// - Throws: ESS-05008 where one step has too many arguments.
    static func checkArguments(
        _ parameters: [RequestParameterBody],
        member: String
    ) throws(SchedulerError) {
        let limit = WireLimits.argumentsPerStepMax
        guard parameters.count > limit else { return }
        var names: [String?: Set<String>] = [:]
        for parameter in parameters where parameter.isArgument {
            names[parameter.scope, default: []].insert(parameter.name)
            guard names[parameter.scope, default: []].count <= limit else {
                let step = parameter.scope.map { " of step \($0)" } ?? ""
                throw SchedulerError(5008, "\(member) submit.argument\(step)", String(limit))
            }
        }
    }

    private static let argumentPrefix = "submit.argument"

    /// The parameter of an argument.
    ///
    /// - Parameters:
    ///   - number: its place, from 1.
    ///   - value: its text.
    ///   - scope: the step that it is for; nil: all steps.
    /// - Returns: `submit.argumentN`.
    static func argument(_ number: Int, value: String, scope: String?) -> RequestParameterBody {
        RequestParameterBody(name: "\(argumentPrefix)\(number)", type: .string, value: value, scope: scope)
    }

    /// `submit.argumentN` with a number N.
    private var isArgument: Bool {
        let number = name.utf8.dropFirst(Self.argumentPrefix.utf8.count)
        return name.hasPrefix(Self.argumentPrefix) && !number.isEmpty && number.allSatisfy(JSONText.isDigit)
    }
}
