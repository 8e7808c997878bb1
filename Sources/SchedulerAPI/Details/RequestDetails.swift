package import SchedulerCore

/// Everything that an answer can show of a request (REST §3.5); nil where there is nothing to show.
///
/// Not here is what follows from the rest: display texts, links, `isCancellable`, `isHoldable`,
/// `deployedApplicationName`, `requestMode`.
package struct RequestDetails: Hashable, Sendable {
    // Place in the tree.
    package var requestId: RequestID
    /// Root of the tree; a root's own id.
    package var absParentRequestId: RequestID
    /// Nil for a root.
    package var parentRequestId: RequestID?
    /// Root of this run; nil for a recurring parent, which answers show as 0.
    package var instanceParentId: RequestID?
    /// 0 = none.
    package var parentExecAttempt = 0
    package var instanceParentExecAttempt = 0
    package var requestType: RequestType
    /// Dotted path of a step; nil outside a job set.
    package var stepId: String?
    package var lastScheduleInstanceId: RequestID?
    package var subRequestSet: Int?
    package var lastSubRequestSet: Int?

    // State.
    package var state: RequestState
    package var previousState: RequestState?
    /// Outcome of the executable alone.
    package var executableState: RequestState?
    package var stateChangeTime: Timestamp
    package var cause = Cause.nonTerminal
    /// In ERROR only.
    package var errorType: ErrorType?
    package var errorWarningMessage: String?
    package var errorWarningDetail: String?
    package var errorWarningTime: Timestamp?
    package var processPhase: ProcessPhase
    package var preprocessStatus: String?
    package var preProcessMessage: String?
    package var postProcessStatus: String?
    package var postProcessMessage: String?
    package var isForceCancelAllowed = false
    /// Nil while unknown.
    package var isAsynchronous: Bool?
    package var isAsyncRecoverable = false
    package var isRecoverable = false
    package var isTimedOut = false

    // Counts and times.
    package var executionAttempt = 1
    package var retriedCount = 0
    package var pausedCount = 0
    package var priority = 4
    /// Run time; nil if it never ran.
    package var elapsedTime: Duration?
    /// From due to RUNNING.
    package var waitTime: Duration?
    /// Since READY.
    package var readyWaitTime: Duration?
    package var submissionTime: Timestamp
    package var requestedStartTime: Timestamp?
    package var requestedEndTime: Timestamp?
    /// When it is due.
    package var scheduledTime: Timestamp?
    package var processStartTime: Timestamp?
    package var processEndTime: Timestamp?
    /// When all work was done.
    package var completedTime: Timestamp?
    /// Latest start.
    package var expiration: Timestamp?

    // What is run.
    package var application: String
    package var product: String?
    package var requestCategory: String?
    package var description: String?
    package var jobDefinitionId: MetadataObjectID
    package var jobDisplayName: String?
    package var jobDescription: String?
    /// Nil for a job set.
    package var jobType: MetadataObjectID?
    package var className: String?
    package var externalJobType: String?
    package var externalId: String?
    package var executionType: ExecutionType?
    package var executionMode = ExecutionMode.none
    package var schedule: ScheduleDetails?
    package var scheduleDefinition: MetadataObjectID?
    package var requestParameters: [Parameter] = []

    // Who and where.
    package var submitter: String
    package var submitterGUID: String?
    package var runAsUser: String
    /// Callback URL.
    package var notificationUrl: String?
    /// Names of the nodes.
    package var dispatcher: String?
    package var processor: String?
    /// Names of the cluster.
    package var processGroup: String?
    package var logicalClusterName: String?
    package var enterpriseId: Int64 = 1

    // Trace ids of run, submission and request; the others are known names without value.
    package var ecid: String?
    package var submitterDmsECID: String?
    package var requestDmsECID: String?
    package var dmsRID: String?
    package var submitterDmsRID: String?
    package var flowId: String?
    package var submitterFlowId: String?
    package var requestFlowId: String?

    /// Takes what every request has.
    package init(
        requestId: RequestID,
        absParentRequestId: RequestID,
        requestType: RequestType,
        state: RequestState,
        stateChangeTime: Timestamp,
        processPhase: ProcessPhase,
        submissionTime: Timestamp,
        application: String,
        jobDefinitionId: MetadataObjectID,
        submitter: String,
        runAsUser: String
    ) {
        self.requestId = requestId
        self.absParentRequestId = absParentRequestId
        self.requestType = requestType
        self.state = state
        self.stateChangeTime = stateChangeTime
        self.processPhase = processPhase
        self.submissionTime = submissionTime
        self.application = application
        self.jobDefinitionId = jobDefinitionId
        self.submitter = submitter
        self.runAsUser = runAsUser
    }

    package var lineage: RequestLineage {
        RequestLineage(
            requestId: requestId,
            parentRequestId: parentRequestId,
            absParentRequestId: absParentRequestId,
            instanceParentId: instanceParentId
        )
    }

    /// Whether cancel is possible now.
    package var isCancellable: Bool { !state.isTerminal }

    /// Whether hold is possible now.
    package var isHoldable: Bool { state == .wait || state == .ready }
}
