import SchedulerCore

/// Puts the secrets of a stored object where its document has none: what is shown or exported holds no secret, and must
/// not lose it when it comes back (administration §5.5).
struct KeptSecrets {
    private let old: MetadataContent?
    /// Places that hold the mask of a secret that nobody knows, as JSON pointers.
    private(set) var unknown: [String] = []

    init(of old: MetadataContent?) { self.old = old }

    mutating func completed(_ content: MetadataContent) -> MetadataContent {
        switch content {
        case .jobType(var type):
            type.parameters = completed(type.parameters, from: old?.declaredParameters ?? [], at: "/parameters")
            return .jobType(type)
        case .jobDefinition(var definition):
            let known = old?.declaredParameters ?? []
            definition.parameters = completed(definition.parameters, from: known, at: "/parameters")
            return .jobDefinition(definition)
        case .jobSet(var set):
            set.parameters = completed(set.parameters, from: old?.declaredParameters ?? [], at: "/parameters")
            for index in set.steps.indices {
                let step = set.steps[index]
                let known = old?.jobSet?.steps.first { $0.stepID == step.stepID }?.parameters ?? []
                set.steps[index].parameters = completed(step.parameters, from: known, at: "/steps/\(index)/parameters")
            }
            return .jobSet(set)
        case .user(var user):
            guard user.passwordHash == nil || user.passwordHash?.text == Parameter.maskedValue else { return content }
            if case .user(let known)? = old { user.passwordHash = known.passwordHash } else { user.passwordHash = nil }
            return .user(user)
        case .schedule, .exclusionsDefinition, .incompatibility, .workshift, .workAssignment, .purgePolicy, .role,
            .grant:
            return content
        }
    }

    private mutating func completed(
        _ parameters: [Parameter],
        from known: [Parameter],
        at path: String
    ) -> [Parameter] {
        parameters.enumerated().map { index, parameter in
            guard parameter.isSecret, parameter.value == nil || parameter.value == Parameter.maskedValue else {
                return parameter
            }
            var parameter = parameter
            if let stored = known.last(where: { $0.name == parameter.name && $0.isSecret }) {
                parameter.value = stored.value
            } else if parameter.value != nil {
                unknown.append("\(path)/\(index)/value")
            }
            return parameter
        }
    }
}

extension MetadataContent {
    /// Parameters that stand in the document itself, those of steps left out.
    fileprivate var declaredParameters: [Parameter] {
        switch self {
        case .jobType(let type): type.parameters
        case .jobDefinition(let definition): definition.parameters
        case .jobSet(let set): set.parameters
        default: []
        }
    }
}
