/// A request as the stores keep it: the value that `RequestMachine` turns into its next value.
///
/// The merged parameters are kept beside it: no decision of the life cycle reads them. It is copied at every step from
/// the store to the node that runs it and back; what hardly ever changes is shared by the copies.
package struct JobRequest: Hashable, Sendable {
    package let lineage: Lineage
    /// Fixed, but for a refresh while it waits.
    @Shared package internal(set) var facts: RequestFacts
    @Shared package var policy: ExecutionPolicy
    package let submissionTime: Timestamp
    /// Counts the writes of the stored value; a write that does not name the stored one is refused.
    package var revision: Int64 = 0

    package var state: RequestState
    package var previousState: RequestState?
    package var stateChangeTime: Timestamp
    package var cause: Cause = .nonTerminal
    package var errorType: ErrorType?
    /// Outcome of the executable alone.
    package var executableState: RequestState?
    /// Whether pre-processing answered WARN in the present attempt: then it ends in WARNING at best.
    package var isWarned = false
    @Shared package var callouts = CalloutNotes()
    package var phase: ProcessPhase = .initial
    package var message: OutcomeMessage?

    package var requestedStart: Timestamp?
    package var requestedEnd: Timestamp?
    /// Instant from which the request is due.
    package var scheduledTime: Timestamp
    /// Instant before which it is not taken although it is due, such as the end of a delay; nil = none. Its rank
    /// remains that of `scheduledTime`.
    package var notBefore: Timestamp?
    package var readyTime: Timestamp?
    /// When the request first got as far as ExecuteInitiate, a job set as JobSetExecuteStepsWait: from then on it
    /// cannot expire (runtime §4).
    package var firstStartTime: Timestamp?
    package var startTime: Timestamp?
    package var endTime: Timestamp?
    package var completedTime: Timestamp?
    /// Beginning of the present stretch of execution; nil while nothing executes.
    package var runningSince: Timestamp?
    /// Run time of all invocations so far without pauses, in milliseconds.
    package var elapsedMilliseconds: Int64 = 0

    /// Starts at 1.
    package var attempt = 1
    package var retriedCount = 0
    package var pausedCount = 0
    package var pausedState: String?
    package var retryTime: Timestamp?

    package var epoch: AttemptEpoch?
    /// Node whose code runs the attempt; nil when none does, an asynchronous wait included.
    package var owner: NodeID?
    /// Label of the node that took the newest attempt.
    package var processor: String?
    package var process: ProcessIdentity?
    /// Under what the newest attempt was started; nil for none, and for the default assignment.
    package var workAssignment: MetadataObjectID?
    package var workshift: MetadataObjectID?
    /// Nil while unknown.
    package var isAsynchronous: Bool?
    package var externalID: String?
    package var handleStatus: HandleStatus = .none
    package var acceptedReports: [AcceptedReport] = []
    /// Beginning of the asynchronous wait, for its timeout.
    package var waitTime: Timestamp?
    package var lastCheckIn: Timestamp?
    package var isTimedOut = false

    package var cancelInitiatedTime: Timestamp?
    /// Cause of the CANCELLED that the server itself may bring about.
    package var cancelCause: Cause = .operatorCancel
    package var nextCancelCall: Timestamp?
    package var cancelCalls = 0

    /// Reports and check-ins that came when their handle was dead and stand in the history, at most
    /// `Limits.lateCallsNoted`.
    package var lateCalls = 0
    package var deletedTime: Timestamp?

    @Shared package var kinship = Kinship()
    /// Stored schedule that it follows; nil for an inline one, and without one.
    package var scheduleDefinition: MetadataObjectID?

    package var id: RequestID { lineage.requestID }
    package var priority: Int { policy.priority }
    package var rank: Rank { Rank(self) }
    /// Whether it runs steps instead of an executable.
    package var isJobSet: Bool { facts.executor == nil }

    /// A new request.
    ///
    /// - Parameters:
    ///   - lineage: made of the submission's placement.
    ///   - submission: what it is to do.
    ///   - now: store time.
    package init(lineage: Lineage, submission: Submission, now: Timestamp) {
        self.lineage = lineage
        facts = submission.facts
        policy = submission.policy
        submissionTime = now
        state = .wait
        stateChangeTime = now
        requestedStart = submission.requestedStart
        requestedEnd = submission.requestedEnd
        scheduledTime = submission.due(now: now)
        scheduleDefinition = submission.plan?.schedule?.id
        if isJobSet { phase = .jobSetInitial }
        kinship.audience = EventAudience(submission)
    }

    /// Takes every stored member: for stores alone.
    package init(
        lineage: Lineage,
        facts: RequestFacts,
        policy: ExecutionPolicy,
        submissionTime: Timestamp,
        state: RequestState,
        stateChangeTime: Timestamp,
        scheduledTime: Timestamp
    ) {
        self.lineage = lineage
        self.facts = facts
        self.policy = policy
        self.submissionTime = submissionTime
        self.state = state
        self.stateChangeTime = stateChangeTime
        self.scheduledTime = scheduledTime
    }
}

/// Last error or warning of a request.
package struct OutcomeMessage: Hashable, Sendable {
    /// At most `Limits.messageBytes`.
    package let text: String
    package let detail: String?
    package let time: Timestamp

    package init(text: String, detail: String? = nil, time: Timestamp) {
        self.text = text
        self.detail = detail
        self.time = time
    }
}
