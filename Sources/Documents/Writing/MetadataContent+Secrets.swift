package import SchedulerCore

extension MetadataContent {
    /// The content without what nobody may read: values of secret parameters and password hashes (administration §5.5).
    package var withoutSecrets: MetadataContent {
        switch self {
        case .jobType(var type):
            type.parameters = type.parameters.map(\.withoutSecret)
            return .jobType(type)
        case .jobDefinition(var definition):
            definition.parameters = definition.parameters.map(\.withoutSecret)
            return .jobDefinition(definition)
        case .jobSet(var set):
            set.parameters = set.parameters.map(\.withoutSecret)
            for index in set.steps.indices {
                set.steps[index].parameters = set.steps[index].parameters.map(\.withoutSecret)
            }
            return .jobSet(set)
        case .user(var user):
            user.passwordHash = nil
            return .user(user)
        case .schedule, .exclusionsDefinition, .incompatibility, .workshift, .workAssignment, .purgePolicy, .role,
            .grant:
            return self
        }
    }
}

extension Parameter {
    fileprivate var withoutSecret: Parameter {
        var parameter = self
        if isSecret { parameter.value = nil }
        return parameter
    }
}
