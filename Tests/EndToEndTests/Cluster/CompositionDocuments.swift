/// What clients submit while schedules, locks, limits and purge are tried.
enum CompositionKind: Hashable, Sendable {
    /// Of one value only one runs at a time.
    case keyed(Int)
    /// A few at a time.
    case limited
    /// Of a work assignment that has few threads of each node.
    case shared
    /// Of a work assignment that lets few wait for their answers at a time.
    case answered
    /// Purged as soon as it has ended.
    case old

    /// As often as it is submitted.
    static let mixed: [CompositionKind] =
        (0..<4).map { .keyed($0) } + [.limited, .shared, .shared, .answered, .answered, .old, .old]

    var definition: String {
        switch self {
        case .keyed: "Keyed"
        case .limited: "Limited"
        case .shared: "Shared"
        case .answered: "RemoteHTTP"
        case .old: "Old"
        }
    }

    var arguments: [String] {
        switch self {
        case .keyed(let value): ["0.3", "K\(value)"]
        case .limited: ["0.4"]
        case .shared: ["1"]
        case .answered, .old: []
        }
    }
}

/// Jobs that exclude each other, and those that are purged.
enum CompositionDocuments {
    static let purgeOrder = """
        {"criteria":{"jobDefinition":"JobDefinition://test/Old"},"retentionDays":{"default":0,"success":0}}
        """

    /// - Parameters:
    ///   - concurrentMax: of the limited job, in the whole cluster.
    ///   - share: threads of each node for the job of the small share.
    ///   - answersMax: jobs in the whole cluster that wait for their answers.
    /// - Returns: YAML that follows other documents.
    static func text(concurrentMax: Int, share: Int, answersMax: Int) -> String {
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
        ---
        kind: JobDefinition
        package: /test
        name: Shared
        jobType: JobType://escapement/core/SwiftJobType
        parameters:
          - {name: SYS_className, value: Sleep}
          - {name: SYS_retries, paramType: INTEGER, value: "5"}
          - {name: submit.argument1}
        ---
        kind: Workshift
        package: /test
        name: SmallShare
        allocation: \(share)
        ---
        kind: Workshift
        package: /test
        name: FewAnswers
        allocation: 5
        asyncJavaLimit: \(answersMax)
        ---
        kind: Workshift
        package: /test
        name: Most
        allocation: 15
        ---
        kind: WorkAssignment
        package: /test
        name: Shared
        specialization: 'DEFINITION eq "test/Shared"'
        workshifts: [Workshift://test/SmallShare]
        bindings: [{node: "*", scope: exclusive}]
        ---
        kind: WorkAssignment
        package: /test
        name: Answered
        specialization: 'DEFINITION eq "test/RemoteHTTP"'
        workshifts: [Workshift://test/FewAnswers]
        bindings: [{node: "*", scope: exclusive}]
        ---
        kind: WorkAssignment
        package: /test
        name: Rest
        workshifts: [Workshift://test/Most]
        bindings: [{node: "*"}]
        """
    }
}
