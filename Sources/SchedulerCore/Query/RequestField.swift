/// The 43 fields of a request that `q` and `orderBy` know (REST §7): the one table of their names and types.
///
/// Where a field is kept is each store's own knowledge.
package enum RequestField: String, FilterField {
    case requestID = "requestId"
    case absParentRequestID = "absParentRequestId"
    case parentRequestID = "parentRequestId"
    case instanceParentID = "instanceParentId"
    case elapsedTime
    case waitTime
    case readyWaitTime
    case enterpriseID = "enterpriseId"

    case priority
    case retriedCount

    case processStartTime
    case processEndTime
    case requestedStartTime
    case requestedEndTime
    case submissionTime
    case scheduledTime
    case completedTime

    case description
    case application
    case product
    case requestCategory
    case runAsUser
    case jobDefinitionID = "jobDefinitionId"
    case scheduleDefinition
    case processor
    case submitter
    case submitterGUID
    case logicalClusterName
    case submitterDmsECID
    case submitterFlowID = "submitterFlowId"
    case requestDmsECID
    case requestFlowID = "requestFlowId"
    case className
    case jobType
    case externalJobType
    case externalID = "externalId"

    case state
    case requestType
    case errorType
    case executionType
    case processPhase

    case isTimedOut
    case isAsynchronous

    package var type: FilterFieldType {
        switch self {
        case .requestID, .absParentRequestID, .parentRequestID, .instanceParentID, .elapsedTime, .waitTime,
            .readyWaitTime, .enterpriseID:
            .int64
        case .priority, .retriedCount:
            .int
        case .processStartTime, .processEndTime, .requestedStartTime, .requestedEndTime, .submissionTime,
            .scheduledTime, .completedTime:
            .dateTime
        case .description, .application, .product, .requestCategory, .runAsUser, .processor, .submitter,
            .submitterGUID, .logicalClusterName, .submitterDmsECID, .submitterFlowID, .requestDmsECID,
            .requestFlowID, .className, .externalJobType, .externalID:
            .string
        case .jobDefinitionID: .metadataID(.jobDefinition)
        case .scheduleDefinition: .metadataID(.schedule)
        case .jobType: .metadataID(.jobType)
        case .state: .enumeration(Self.states)
        case .requestType: .enumeration(Self.requestTypes)
        case .errorType: .enumeration(Self.errorTypes)
        case .executionType: .enumeration(Self.executionTypes)
        case .processPhase: .enumeration(Self.processPhases)
        case .isTimedOut, .isAsynchronous: .boolean
        }
    }

    /// Fields that the stores can filter and order by: all of them.
    package static let served: Set<RequestField> = Set(RequestField.allCases)

    /// Whether the stores can filter and order by the field.
    package var isServed: Bool { Self.served.contains(self) }

    private static let states = RequestState.allCases.map(\.rawValue)
    private static let requestTypes = RequestType.allCases.map(\.rawValue)
    private static let errorTypes = ErrorType.allCases.map(\.rawValue)
    private static let executionTypes = ExecutionType.allCases.map(\.rawValue)
    private static let processPhases = ProcessPhase.allCases.map(\.rawValue)
}
