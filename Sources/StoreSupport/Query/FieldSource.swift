import SchedulerCore

/// Where a field of the query language lies in the row `r` of `request`.
enum FieldSource {
    /// SQL of a number: integer, instant or boolean. NULL where the field is absent.
    case number(String, isOptional: Bool)
    case text(String, isOptional: Bool)
    /// Column with the key of a label whose text is the value.
    case label(String, isOptional: Bool)
    /// Column with a number, and the wire name of each number.
    case code(String, names: [(code: Int64, name: String)], isOptional: Bool)
    /// Instant that grows with the number of the request.
    case submissionTime
    /// No request has it yet.
    case absent

    init(_ field: RequestField, in dialect: SQLDialect) {
        switch field {
        case .requestID: self = .number("r.id", isOptional: false)
        case .absParentRequestID: self = .number("r.abs_parent_id", isOptional: false)
        case .parentRequestID: self = .number("r.parent_id", isOptional: true)
        case .instanceParentID: self = .number("r.instance_parent_id", isOptional: false)
        case .enterpriseID: self = .number("r.enterprise_id", isOptional: false)
        case .priority: self = .number("r.priority", isOptional: false)
        case .retriedCount: self = .number("r.retried_count", isOptional: false)
        case .elapsedTime:
            self = .number("CASE WHEN r.first_start_time IS NOT NULL THEN r.elapsed END", isOptional: true)
        case .waitTime:
            let waited = dialect.greatest("0", "r.start_time - r.scheduled_time")
            self = .number("CASE WHEN r.start_time IS NOT NULL THEN \(waited) END", isOptional: true)
        case .readyWaitTime:
            let waited = "CASE WHEN r.start_time >= r.ready_time THEN r.start_time - r.ready_time END"
            self = .number(waited, isOptional: true)
        case .isTimedOut: self = .number("r.is_timed_out", isOptional: false)
        case .isAsynchronous: self = .number("r.is_asynchronous", isOptional: true)
        case .submissionTime:
            self = dialect.numbersFollowTime ? .submissionTime : .number("r.submission_time", isOptional: false)
        case .processStartTime, .processEndTime, .requestedStartTime, .requestedEndTime, .scheduledTime,
            .completedTime:
            self = Self.instant(field)
        case .state, .requestType, .errorType, .executionType, .processPhase: self = Self.enumeration(field)
        case .logicalClusterName: self = .text(dialect.logicalCluster, isOptional: true)
        default: self = Self.words(field)
        }
    }

    /// SQL that is NULL exactly where the field is absent; nil where it never is.
    var optionalSQL: String? {
        switch self {
        case .number(let sql, true), .text(let sql, true), .label(let sql, true), .code(let sql, _, true): sql
        default: nil
        }
    }

    var isAlwaysAbsent: Bool {
        if case .absent = self { true } else { false }
    }

    private static func instant(_ field: RequestField) -> FieldSource {
        switch field {
        case .processStartTime: .number("r.start_time", isOptional: true)
        case .processEndTime: .number("r.end_time", isOptional: true)
        case .requestedStartTime: .number("r.requested_start", isOptional: true)
        case .requestedEndTime: .number("r.requested_end", isOptional: true)
        case .completedTime: .number("r.completed_time", isOptional: true)
        default: .number("r.scheduled_time", isOptional: false)
        }
    }

    private static func enumeration(_ field: RequestField) -> FieldSource {
        switch field {
        case .requestType:
            .code("r.type", names: StoredCodes.requestTypes.named(\.rawValue), isOptional: false)
        case .errorType:
            .code("r.error_type", names: StoredCodes.errorTypes.named(\.rawValue), isOptional: true)
        case .executionType:
            .code("r.executor", names: StoredCodes.executors.named(\.executionType.rawValue), isOptional: true)
        case .processPhase:
            .code("r.phase", names: StoredCodes.phases.named(\.rawValue), isOptional: false)
        default:
            .code("r.state", names: RequestState.allCases.map { (Int64($0.code), $0.rawValue) }, isOptional: false)
        }
    }

    private static func words(_ field: RequestField) -> FieldSource {
        switch field {
        case .description: .text("r.description", isOptional: true)
        case .product: .text("r.product", isOptional: true)
        case .requestCategory: .text("r.request_category", isOptional: true)
        case .submitterDmsECID, .requestDmsECID: .text("r.trace", isOptional: true)
        case .externalID: .text("r.external_id", isOptional: true)
        case .application: .label("r.application", isOptional: false)
        case .runAsUser: .label("r.run_as_user", isOptional: false)
        case .jobDefinitionID: .label("r.definition", isOptional: false)
        case .submitter, .submitterGUID: .label("r.submitter", isOptional: false)
        case .jobType: .label("r.job_type", isOptional: true)
        case .processor: .label("r.processor", isOptional: true)
        case .className: .label("r.class_name", isOptional: true)
        case .externalJobType: .label("r.external_job_type", isOptional: true)
        case .scheduleDefinition: .label("r.schedule_definition", isOptional: true)
        default: .absent
        }
    }
}

extension CodeTable {
    /// The numbers with the names of their values.
    func named(_ name: (Value) -> String) -> [(code: Int64, name: String)] {
        values.enumerated().map { (Int64($0), name($1)) }
    }
}
