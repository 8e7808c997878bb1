package import SchedulerCore

/// A request as an answer shows it (REST §3.5). Which members are there depends on the fields that were asked for.
package struct RequestView: AnswerView {
    package let json: JSONValue

    package init(_ json: JSONValue) { self.json = json }

    // MARK: - Place in the tree

    package var requestId: RequestID? { json.requestID("requestId") }
    /// Root of the tree; a root's own number.
    package var absParentRequestId: RequestID? { json.requestID("absParentRequestId") }
    /// Nil of a root.
    package var parentRequestId: RequestID? { json.requestID("parentRequestId") }
    /// Root of this run; 0 of a recurring parent.
    package var instanceParentId: RequestID? { json.requestID("instanceParentId") }
    /// 0 = none.
    package var parentExecAttempt: Int? { json.count("parentExecAttempt") }
    package var instanceParentExecAttempt: Int? { json.count("instanceParentExecAttempt") }
    package var requestType: RequestType? { json.named("requestType") }
    /// Dotted path of a step; `0` outside a job set.
    package var stepId: String? { json.text("stepId") }
    package var lastScheduleInstanceId: RequestID? { json.requestID("lastScheduleInstanceId") }
    package var subRequestSet: Int? { json.count("subRequestSet") }
    package var lastSubRequestSet: Int? { json.count("lastSubRequestSet") }
    package var links: [Link] { json.links() }

    // MARK: - State

    package var state: RequestState? { json.named("state") }
    package var previousState: RequestState? { json.named("previousState") }
    /// Outcome of the executable alone.
    package var executableState: RequestState? { json.named("executableState") }
    package var stateDescription: String? { json.text("stateDescription") }
    package var stateChangeTime: Timestamp? { json.instant("stateChangeTime") }
    package var cause: Cause? { json.named("cause") }
    package var causeDescription: String? { json.text("causeDescription") }
    /// In ERROR only.
    package var errorType: ErrorType? { json.named("errorType") }
    package var errorTypeDescription: String? { json.text("errorTypeDescription") }
    package var errorWarningMessage: String? { json.text("errorWarningMessage") }
    package var errorWarningDetail: String? { json.text("errorWarningDetail") }
    package var errorWarningTime: Timestamp? { json.instant("errorWarningTime") }
    package var processPhase: ProcessPhase? { json.named("processPhase") }
    package var processPhaseDescription: String? { json.text("processPhaseDescription") }
    package var preprocessStatus: String? { json.text("preprocessStatus") }
    package var preProcessMessage: String? { json.text("preProcessMessage") }
    package var postProcessStatus: String? { json.text("postProcessStatus") }
    package var postProcessMessage: String? { json.text("postProcessMessage") }
    package var isCancellable: Bool? { json.flag("isCancellable") }
    package var isHoldable: Bool? { json.flag("isHoldable") }
    package var isForceCancelAllowed: Bool? { json.flag("isForceCancelAllowed") }
    /// Nil while unknown.
    package var isAsynchronous: Bool? { json.flag("isAsynchronous") }
    package var isAsyncRecoverable: Bool? { json.flag("isAsyncRecoverable") }
    package var isRecoverable: Bool? { json.flag("isRecoverable") }
    package var isTimedOut: Bool? { json.flag("isTimedOut") }

    // MARK: - Counts and times

    /// From 1.
    package var executionAttempt: Int? { json.count("executionAttempt") }
    package var retriedCount: Int? { json.count("retriedCount") }
    package var pausedCount: Int? { json.count("pausedCount") }
    /// 0 to 9, the highest.
    package var priority: Int? { json.count("priority") }
    /// Milliseconds; nil, or with the profile `fusion` -999, of what never ran.
    package var elapsedTime: Int64? { json.whole("elapsedTime") }
    /// Milliseconds from due to RUNNING.
    package var waitTime: Int64? { json.whole("waitTime") }
    /// Milliseconds since READY.
    package var readyWaitTime: Int64? { json.whole("readyWaitTime") }
    package var submissionTime: Timestamp? { json.instant("submissionTime") }
    package var requestedStartTime: Timestamp? { json.instant("requestedStartTime") }
    package var requestedEndTime: Timestamp? { json.instant("requestedEndTime") }
    package var scheduledTime: Timestamp? { json.instant("scheduledTime") }
    package var processStartTime: Timestamp? { json.instant("processStartTime") }
    package var processEndTime: Timestamp? { json.instant("processEndTime") }
    package var completedTime: Timestamp? { json.instant("completedTime") }
    /// Latest start.
    package var expiration: Timestamp? { json.instant("expiration") }

    // MARK: - What runs

    package var application: String? { json.text("application") }
    package var deployedApplicationName: String? { json.text("deployedApplicationName") }
    package var product: String? { json.text("product") }
    package var requestCategory: String? { json.text("requestCategory") }
    package var description: String? { json.text("description") }
    /// Canonical.
    package var jobDefinitionId: String? { json.text("jobDefinitionId") }
    package var jobDisplayName: String? { json.text("jobDisplayName") }
    package var jobDescription: String? { json.text("jobDescription") }
    package var jobType: String? { json.text("jobType") }
    package var className: String? { json.text("className") }
    package var externalJobType: String? { json.text("externalJobType") }
    package var externalId: String? { json.text("externalId") }
    /// Nil of a job set.
    package var executionType: ExecutionType? { json.named("executionType") }
    package var executionMode: ExecutionMode? { json.named("executionMode") }
    package var requestParameters: [RequestParameterBody] {
        json.list("requestParameters").compactMap(RequestParameterBody.init(answer:))
    }
    /// The one in force.
    package var schedule: ScheduleDetails? { json["schedule"].map(ScheduleDetails.init(answer:)) }
    /// Id of a stored schedule.
    package var scheduleDefinition: String? { json.text("scheduleDefinition") }

    // MARK: - People, places, traces

    package var submitter: String? { json.text("submitter") }
    package var submitterGUID: String? { json.text("submitterGUID") }
    package var runAsUser: String? { json.text("runAsUser") }
    package var notificationUrl: String? { json.text("notificationUrl") }
    package var dispatcher: String? { json.text("dispatcher") }
    package var processor: String? { json.text("processor") }
    package var processGroup: String? { json.text("processGroup") }
    package var logicalClusterName: String? { json.text("logicalClusterName") }
    package var enterpriseId: Int64? { json.whole("enterpriseId") }
    package var requestMode: String? { json.text("requestMode") }
    package var ecid: String? { json.text("ecid") }
    package var submitterDmsECID: String? { json.text("submitterDmsECID") }
    package var requestDmsECID: String? { json.text("requestDmsECID") }
    package var dmsRID: String? { json.text("dmsRID") }
    package var submitterDmsRID: String? { json.text("submitterDmsRID") }
    package var flowId: String? { json.text("flowId") }
    package var submitterFlowId: String? { json.text("submitterFlowId") }
    package var requestFlowId: String? { json.text("requestFlowId") }
}
