import SchedulerCore

/// The JSON that a remote job gets (runtime §9.2), members in the order of the specification, absent ones left out.
struct JobCallBody {
    private struct Entry {
        let parameter: Parameter
        let value: TokenTemplate?
    }

    private let invocation: Invocation
    private let mode: CallMode
    /// Nil for the executable itself.
    private let callout: Callout?
    private let entries: [Entry]

    /// Templates of the values of all parameters that are sent.
    var templates: [TokenTemplate] { entries.compactMap(\.value) }

    init(_ invocation: Invocation, mode: CallMode, callout: Callout? = nil) throws {
        self.invocation = invocation
        self.mode = mode
        self.callout = callout
        entries = try invocation.effectiveParameters.filter(Self.isSent).map { parameter in
            let property = "The parameter \(parameter.name)"
            return Entry(
                parameter: parameter,
                value: try parameter.value.map { try CallTemplate.parse($0, property: property) }
            )
        }
    }

    func bytes(values: TokenValues) throws -> [UInt8] {
        let resolved = try entries.map { entry in
            (entry.parameter, try entry.value?.resolved { token in try values.value(of: token) })
        }
        var json = JSONText()
        json.object { json in
            identity(&json)
            facts(&json)
            json.key("parameters")
            json.array { json in
                for (parameter, value) in resolved {
                    json.object { json in
                        json.member("name", parameter.name)
                        json.member("paramType", parameter.type.rawValue)
                        json.member("value", value)
                    }
                }
            }
            let request = "\(invocation.baseURL)/requests/\(invocation.request.id)"
            json.member("executionStatusUrl", "\(request)/executionStatus")
            json.member("checkInUrl", "\(request)/checkInCancelling")
            json.member("submitUrl", "\(invocation.baseURL)/requests")
            if let callout {
                json.member("handler", callout.rawValue)
                json.member("executableState", invocation.request.executableState?.rawValue)
            }
        }
        return json.bytes
    }

    /// The JSON of the cancel call.
    static func cancel(_ invocation: Invocation, reason: Cause) -> [UInt8] {
        let request = invocation.request
        var json = JSONText()
        json.object { json in
            json.member("requestId", request.id.value)
            json.member("requestHandle", invocation.handle)
            json.member("executionAttempt", Int64(request.attempt))
            json.member("externalId", request.externalID)
            json.member("reason", reason.rawValue)
        }
        return json.bytes
    }

    private func identity(_ json: inout JSONText) {
        let request = invocation.request
        json.member("requestId", request.id.value)
        json.member("absParentRequestId", request.lineage.absParentID.value)
        json.member("parentRequestId", request.lineage.parentID?.value)
        json.member("stepId", request.lineage.stepID)
        json.member("requestHandle", invocation.handle)
        json.member("requestExecutionContext", "\(request.id),\(invocation.handle)")
        json.member("executionAttempt", Int64(request.attempt))
        json.member("pausedCount", Int64(request.pausedCount))
        json.member("pausedState", request.pausedState)
        guard !invocation.subRequests.isEmpty else { return }
        json.key("subRequests")
        json.array { json in
            for subRequest in invocation.subRequests {
                json.object { json in
                    json.member("requestId", subRequest.id.value)
                    json.member("state", subRequest.state.rawValue)
                }
            }
        }
    }

    private func facts(_ json: inout JSONText) {
        let request = invocation.request
        json.member("jobDefinitionId", request.facts.definitionID.description)
        json.member("application", request.facts.application)
        json.member("description", request.facts.description)
        json.member("submitter", request.facts.submitter)
        json.member("runAsUser", request.facts.runAsUser)
        json.member("priority", Int64(request.priority))
        json.member("scheduledTime", request.scheduledTime.description)
        json.member("requestTimeout", request.policy.requestTimeout.map { $0.wholeMilliseconds / 60_000 })
        json.member("requestLogLevel", invocation.value("SYS_EXT_requestLogLevel") ?? "INFO")
        json.member("mode", mode.rawValue)
    }

    /// System properties are the server's business, secrets nobody's.
    private static func isSent(_ parameter: Parameter) -> Bool {
        !parameter.isSecret && !parameter.name.uppercased().hasPrefix("SYS_")
    }
}
