import SchedulerCore

/// Writes the document of an object: the members that `ObjectDecoder` reads.
enum ContentEncoder {
    typealias Sealing = (_ value: String) throws -> String
    typealias Members = [String: JSONValue]

    static func members(of content: MetadataContent, _ sealSecret: Sealing) rethrows -> Members {
        var members: Members =
            switch content {
            case .jobType(let type): try jobType(type, sealSecret)
            case .jobDefinition(let definition): try jobDefinition(definition, sealSecret)
            case .jobSet(let set): try jobSet(set, sealSecret)
            case .schedule(let schedule): Self.schedule(schedule)
            case .exclusionsDefinition(let definition): exclusionsDefinition(definition)
            case .incompatibility(let incompatibility): Self.incompatibility(incompatibility)
            case .workshift(let shift): workshift(shift)
            case .workAssignment(let assignment): workAssignment(assignment)
            case .purgePolicy(let policy): purgePolicy(policy)
            case .user(let user): Self.user(user)
            case .role(let role): Self.role(role)
            case .grant(let grant): Self.grant(grant)
            }
        let id = content.id
        members["kind"] = .string(id.kind.rawValue)
        members["package"] = id.package.isEmpty ? nil : .string(id.package)
        members["name"] = .string(id.name)
        members["displayName"] = content.displayName.map { .string($0) }
        members["description"] = content.description.map { .string($0) }
        return members
    }

    private static func jobType(_ type: JobType, _ sealSecret: Sealing) rethrows -> Members {
        var members: Members = ["executionType": .string(type.executionType.rawValue)]
        members["extends"] = type.extends.map { .string($0.description) }
        members["parameters"] = try parameters(type.parameters, sealSecret)
        return members
    }

    private static func jobDefinition(_ definition: JobDefinition, _ sealSecret: Sealing) rethrows -> Members {
        var members: Members = ["jobType": .string(definition.jobType.description)]
        members["application"] = definition.application.map { .string($0) }
        members["parameters"] = try parameters(definition.parameters, sealSecret)
        members["overridable"] = list(definition.overridable)
        return members
    }

    private static func user(_ user: User) -> Members {
        var members: Members = ["enabled": .boolean(user.isEnabled), "enterpriseId": .integer(user.enterpriseID)]
        members["roles"] = list(user.roles)
        members["passwordHash"] = user.passwordHash.map { .string($0.text) }
        return members
    }

    private static func role(_ role: Role) -> Members {
        let privileges = Privilege.allCases.filter(role.privileges.contains).map(\.rawValue)
        return ["privileges": .strings(privileges), "includes": .strings(role.includes)]
    }

    private static func grant(_ grant: Grant) -> Members {
        let grantee: Members =
            switch grant.grantee {
            case .user(let name): ["user": .string(name)]
            case .role(let name): ["role": .string(name)]
            }
        return [
            "grantee": .object(grantee),
            "metadata": .array(grant.metadata.map { .object(metadataRule($0)) }),
            "requests": .array(grant.requests.map { .object(requestRule($0)) }),
        ]
    }

    private static func metadataRule(_ rule: MetadataRule) -> Members {
        let actions = MetadataAction.allCases.filter(rule.actions.contains).map(\.rawValue)
        return ["resource": .string(rule.resource.description), "actions": .strings(actions)]
    }

    private static func requestRule(_ rule: RequestRule) -> Members {
        var members: Members = [
            "definitions": .string(rule.definitions.description),
            "actions": .strings(rule.actions.actions.map(\.rawValue)),
        ]
        members["filter"] = rule.filter.map { .string($0) }
        return members
    }

    static func list(_ texts: [String]) -> JSONValue? { texts.isEmpty ? nil : .strings(texts) }

    // MARK: - Parameters

    static func parameters(_ parameters: [Parameter], _ sealSecret: Sealing) rethrows -> JSONValue? {
        guard !parameters.isEmpty else { return nil }
        return .array(try parameters.map { .object(try parameter($0, sealSecret)) })
    }

    private static func parameter(_ parameter: Parameter, _ sealSecret: Sealing) rethrows -> Members {
        var members: Members = ["name": .string(parameter.name), "paramType": .string(parameter.type.rawValue)]
        let value = parameter.isSecret ? try parameter.value.map(sealSecret) : parameter.value
        members["value"] = value.map { .string($0) }
        members["readOnly"] = flag(parameter.isReadOnly)
        members["secret"] = flag(parameter.isSecret)
        members["ui"] = parameter.ui.map { .object(ui($0)) }
        return members
    }

    private static func ui(_ ui: ParameterUI) -> Members {
        var members: Members = [:]
        members["prompt"] = ui.prompt.map { .string($0) }
        members["tooltip"] = ui.tooltip.map { .string($0) }
        members["hidden"] = flag(ui.isHidden)
        members["required"] = flag(ui.isRequired)
        members["choices"] = ui.choices.map { .strings($0) }
        members["pattern"] = ui.pattern.map { .string($0) }
        members["min"] = ui.min.map { .string($0) }
        members["max"] = ui.max.map { .string($0) }
        return members
    }

    static func flag(_ value: Bool) -> JSONValue? { value ? .boolean(true) : nil }
}
