package import SchedulerCore

/// Body of submitArgs: arguments by their places, to become parameters (REST §5.4).
package struct SubmitArgsBody: WireBody {
    package var application: String?
    /// Those given, and the arguments: of equal name and scope one.
    package var requestParameters: [RequestParameterBody]

    /// - Throws: the codes of decoding; ESS-05006 for a value that does not fit its type; ESS-05008 for too many
    ///   parameters, or too many arguments of one step.
    package init(_ json: JSONValue) throws(SchedulerError) {
        application = try json.stringMember("application")
        let given = try RequestParameterBody.list("requestParameters", of: json) ?? []
        try Self.checkTypes(given)
        var merged = ParameterSequence()
        for parameter in given { merged.put(parameter) }
        if let elements = try json.elements(of: "arguments") {
            for argument in try Self.arguments(elements, json.path(of: "arguments"), of: nil) { merged.put(argument) }
        }
        requestParameters = merged.parameters
        guard requestParameters.count <= WireLimits.parametersMax else {
            throw SchedulerError(5008, "requestParameters", String(WireLimits.parametersMax))
        }
        try RequestParameterBody.checkArguments(requestParameters, member: "arguments")
    }

    /// The arguments of a list; a null takes its number only. A list for all steps may hold lists for single ones,
    /// which count from 1, too.
    private static func arguments(
        _ elements: JSONElements,
        _ member: String,
        of step: String?
    ) throws(SchedulerError) -> [RequestParameterBody] {
        var arguments: [RequestParameterBody] = []
        var number = 0
        for element in elements {
            if step == nil, element.kind == .object {
                arguments += try stepArguments(element)
                continue
            }
            number += 1
            guard number <= WireLimits.argumentsPerStepMax else {
                throw SchedulerError(5008, member, String(WireLimits.argumentsPerStepMax))
            }
            guard !element.isNull else { continue }
            arguments.append(.argument(number, value: try RequestParameterBody.text(element), scope: step))
        }
        return arguments
    }

    private static func stepArguments(_ json: JSONValue) throws(SchedulerError) -> [RequestParameterBody] {
        let step = try json.required("stepId").requireString()
        guard !step.isEmpty, let elements = try json.elements(of: "arguments") else {
            throw SchedulerError(5003, json.path(of: step.isEmpty ? "stepId" : "arguments"))
        }
        return try arguments(elements, json.path(of: "arguments"), of: step)
    }

    private static func checkTypes(_ parameters: [RequestParameterBody]) throws(SchedulerError) {
        for parameter in parameters {
            guard let type = parameter.type, let value = parameter.value,
                let misfit = ParameterValue.misfit(value, type: type)
            else { continue }
            throw misfit.error(parameter: parameter.name, value: value, isSecret: false)
        }
    }

    /// Parameters in the order in which they came first, the last of equals in the place of the first.
    private struct ParameterSequence {
        private struct Key: Hashable {
            let name: String
            let scope: String?
        }

        private(set) var parameters: [RequestParameterBody] = []
        private var places: [Key: Int] = [:]

        mutating func put(_ parameter: RequestParameterBody) {
            let key = Key(name: parameter.name, scope: parameter.scope)
            if let place = places[key] {
                parameters[place] = parameter
            } else {
                places[key] = parameters.count
                parameters.append(parameter)
            }
        }
    }
}
