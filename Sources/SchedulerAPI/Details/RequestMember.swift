/// Members of a request in answers, in ASCII order, the order in which they are written (REST §3.5, §2.5).
package enum RequestMember: String, CaseIterable, Hashable, Sendable {
    case absParentRequestId, application, cause, causeDescription, className, completedTime
    case deployedApplicationName, description, dispatcher, dmsRID, ecid, elapsedTime, enterpriseId
    case errorType, errorTypeDescription, errorWarningDetail, errorWarningMessage, errorWarningTime
    case executableState, executionAttempt, executionMode, executionType, expiration, externalId, externalJobType
    case flowId, instanceParentExecAttempt, instanceParentId, isAsyncRecoverable, isAsynchronous, isCancellable
    case isForceCancelAllowed, isHoldable, isRecoverable, isTimedOut
    case jobDefinitionId, jobDescription, jobDisplayName, jobType
    case lastScheduleInstanceId, lastSubRequestSet, links, logicalClusterName, notificationUrl
    case parentExecAttempt, parentRequestId, pausedCount
    case postProcessMessage, postProcessStatus, preProcessMessage, preprocessStatus, previousState, priority
    case processEndTime, processGroup, processPhase, processPhaseDescription, processStartTime, processor, product
    case readyWaitTime, requestCategory, requestDmsECID, requestFlowId, requestId, requestMode, requestParameters
    case requestType, requestedEndTime, requestedStartTime, retriedCount, runAsUser
    case schedule, scheduleDefinition, scheduledTime
    case state, stateChangeTime, stateDescription, stepId, subRequestSet, submissionTime
    case submitter, submitterDmsECID, submitterDmsRID, submitterFlowId, submitterGUID, waitTime

    /// All members in their order; `allCases` makes a new array at each call.
    static let ordered: [RequestMember] = allCases

    /// The encoded names, in the same order.
    static let names: [JSONName] = allCases.map { JSONName($0.rawValue) }

    /// Positions in the order, by name.
    static let positions: [String: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1.rawValue, $0) }
    )
}
