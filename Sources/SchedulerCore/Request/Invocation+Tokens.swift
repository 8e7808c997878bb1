/// What `${ESS_REQ:x}` knows, and what goes to executables as the request's parameters.
extension Invocation {
    /// Names that are facts of the request. They win over parameters of the same name, so that nobody who submits can
    /// put his own `submitter` in their place.
    private static let lastSuccessNames = ["requestId", "scheduledTime", "startTime", "endTime"]

    /// Parameters that concern this request, one per name, in the order of first mention; the scope of its step wins.
    package var effectiveParameters: [Parameter] {
        var result: [Parameter] = []
        var places: [String: Int] = [:]
        for parameter in parameters {
            guard parameter.scope == nil || parameter.scope == request.lineage.stepID else { continue }
            if let place = places[parameter.name] {
                if result[place].scope == nil || parameter.scope != nil { result[place] = parameter }
            } else {
                places[parameter.name] = result.count
                result.append(parameter)
            }
        }
        return result
    }

    /// Value of `${ESS_REQ:name}`; nil if there is neither a fact nor a parameter of that name.
    ///
    /// A parameter that is declared without a value is empty.
    package func tokenValue(_ name: String) -> String? {
        if let fact = fact(name) { return fact }
        guard let parameter = effectiveParameters.first(where: { $0.name == name }) else { return nil }
        return parameter.value ?? ""
    }

    /// Every name that `${ESS_REQ:x}` knows with its value, facts first.
    package var requestTokenValues: [(name: String, value: String)] {
        let facts = [
            "requestId", "absParentRequestId", "requestHandle", "executionAttempt", "scheduledTime", "submitter",
            "runAsUser", "application", "jobDefinitionId",
        ]
        let names = facts + Self.lastSuccessNames.map { "lastSuccess.\($0)" } + effectiveParameters.map(\.name)
        return names.compactMap { name in tokenValue(name).map { (name, $0) } }
    }

    private func fact(_ name: String) -> String? {
        switch name {
        case "requestId": request.id.description
        case "absParentRequestId": request.lineage.absParentID.description
        case "requestHandle": handle
        case "executionAttempt": String(request.attempt)
        case "scheduledTime": request.scheduledTime.description
        case "submitter": request.facts.submitter
        case "runAsUser": request.facts.runAsUser
        case "application": request.facts.application
        case "jobDefinitionId": request.facts.definitionID.description
        case "lastSuccess.requestId": lastSuccess?.requestID.description ?? ""
        case "lastSuccess.scheduledTime": lastSuccess?.scheduledTime.description ?? ""
        case "lastSuccess.startTime": lastSuccess?.startTime?.description ?? ""
        case "lastSuccess.endTime": lastSuccess?.endTime?.description ?? ""
        default: nil
        }
    }
}
