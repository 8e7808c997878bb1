/// What clients submit while schedules, locks, limits and purge are tried.
enum CompositionKind: Hashable, Sendable {
    /// Of one value only one runs at a time.
    case keyed(Int)
    /// A few at a time.
    case limited
    /// Purged as soon as it has ended.
    case old

    /// As often as it is submitted.
    static let mixed: [CompositionKind] = (0..<4).map { .keyed($0) } + [.limited, .old, .old]

    var definition: String {
        switch self {
        case .keyed: "Keyed"
        case .limited: "Limited"
        case .old: "Old"
        }
    }

    var arguments: [String] {
        switch self {
        case .keyed(let value): ["0.3", "K\(value)"]
        case .limited: ["0.4"]
        case .old: []
        }
    }
}

/// Jobs that exclude each other, and those that are purged.
enum CompositionDocuments {
    static let purgeOrder = """
        {"criteria":{"jobDefinition":"JobDefinition://test/Old"},"retentionDays":{"default":0,"success":0}}
        """

    /// - Parameter concurrentMax: of the limited job, in the whole cluster.
    /// - Returns: YAML that follows other documents.
    static func text(concurrentMax: Int) -> String {
        """

        ---
        kind: JobDefinition
        package: /test
        name: Keyed
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: Sleep}
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
          - {name: submit.argument1}
          - {name: submit.argument2}
        ---
        kind: Incompatibility
        package: /test
        name: OneKey
        type: DOMAIN
        entities:
          - {entity: JobDefinition://test/Keyed, property: submit.argument2, selfIncompatible: true}
        ---
        kind: JobDefinition
        package: /test
        name: Limited
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: Sleep}
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
          - {name: SYS_EXT_maxConcurrent, paramType: INTEGER, value: "\(concurrentMax)"}
          - {name: submit.argument1}
        ---
        kind: JobDefinition
        package: /test
        name: Old
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: NoOp}
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
        """
    }
}
