/// What may be customised of a definition or set without changing it, whatever its origin (administration §1.3).
package enum CustomizableProperty: String, CaseIterable, Hashable, Sendable {
    case asyncRequestTimeout = "AsyncRequestTimeout"
    case enableTimeStatistics = "EnableTimeStatistics"
    case enableTrace = "EnableTrace"
    case logicalClusterName = "LogicalClusterName"
    case priority = "Priority"
    case requestCategory = "RequestCategory"
    case retries = "Retries"

    /// Name of the parameter that it sets.
    package var parameterName: String {
        switch self {
        case .asyncRequestTimeout: "SYS_request_timeout"
        case .enableTimeStatistics: "enableTimeStatistics"
        case .enableTrace: "enableTrace"
        case .logicalClusterName: "SYS_logicalClusterName"
        case .priority: "SYS_priority"
        case .requestCategory: "SYS_requestCategory"
        case .retries: "SYS_retries"
        }
    }

    /// Kinds of objects that have such properties.
    package static let kinds: Set<MetadataKind> = [.jobDefinition, .jobSet]

    private var type: ParameterType {
        switch self {
        case .enableTimeStatistics, .enableTrace: .boolean
        default: SystemProperty.named(parameterName)?.type ?? .string
        }
    }

    /// Why a value does not fit; nil if it does.
    package func misfit(_ value: String) -> ValueMisfit? {
        if value.utf8.count > MetadataLimits.labelBytesMax || value.utf8.contains(0) {
            return .form("text of at most \(MetadataLimits.labelBytesMax) bytes")
        }
        return SystemProperty.named(parameterName)?.misfit(value) ?? ParameterValue.misfit(value, type: type)
    }

    package func parameter(_ value: String) -> Parameter {
        Parameter(name: parameterName, type: type, value: value)
    }
}

extension [CustomizableProperty: String] {
    /// As a level of a merge has them.
    package var parameters: [Parameter] {
        CustomizableProperty.allCases.compactMap { property in self[property].map(property.parameter) }
    }
}
