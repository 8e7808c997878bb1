import SchedulerCore

/// Everything a stored request can look like, finer than its state: what the machine's answer may depend on.
enum RequestShape: String, CaseIterable {
    case wait = "WT"
    case ready = "RD"
    case blocked = "BL"
    case hold = "HO"
    case pendingValidation = "PV"
    case errorAutoRetry = "AR"
    case errorManualRecovery = "MR"
    case scheduleEnded = "SE"
    /// Post-processing is under way.
    case completed = "CO"
    /// A process runs.
    case synchronous = "RUs"
    /// The call that starts an asynchronous job is under way.
    case initiating = "RUi"
    /// The answer of an asynchronous job is awaited.
    case waiting = "RUw"
    /// Paused by SUSPEND: its handle lives.
    case suspended = "PAs"
    /// Paused by PAUSE: its handle is closed, its resume queued.
    case resumeQueued = "PAq"
    case cancellingSynchronous = "CGs"
    case cancellingInitiating = "CGi"
    case cancellingWaiting = "CGw"
    case expired = "EX"
    case cancelled = "CD"
    case error = "ER"
    case warning = "WA"
    case succeeded = "SU"
    case validationFailed = "VF"
    case finished = "FI"

    static let terminal: [RequestShape] = allCases.filter { $0.state.isTerminal }
    static let waitingForAnswer: [RequestShape] = [.initiating, .waiting, .suspended]

    var state: RequestState { LifecycleTable.state(String(rawValue.prefix(2))) }

    /// Submission of every shape.
    static let submitted = Timestamp(milliseconds: 1_900_000_000_000)
    /// The instant at which tests decide, an hour later.
    static let now = submitted + .seconds(3600)
    /// Beginning of CANCELLING and of waits: half an hour before `now`.
    static let begun = submitted + .seconds(1800)
    static let epoch = AttemptEpoch(41)
    static let node = NodeID("node-a")
    static let identity = ProcessIdentity(pid: 4242, startTicks: 99, bootID: "boot")

    static func facts() -> RequestFacts {
        RequestFacts(
            definitionID: MetadataObjectID(kind: .jobDefinition, package: "/acme", name: "Job"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/acme", name: "Type"),
            executor: .http,
            application: "AcmeEss",
            submitter: "anna"
        )
    }

    /// A request of this shape. Every one has had an invocation, so that its handle can speak.
    func request(
        _ type: RequestType = .singleton,
        hasCancelCall: Bool = false,
        _ change: (inout JobRequest) -> Void = { _ in }
    ) -> JobRequest {
        var submission = Submission(facts: Self.facts())
        submission.facts.hasCancelCall = hasCancelCall
        submission.facts.isAsynchronous = !isSynchronous
        submission.policy.retries = 1
        submission.policy.retryDelay = .seconds(10)
        let lineage = Lineage.root(type, id: RequestID(7))
        var request = JobRequest(lineage: lineage, submission: submission, now: Self.submitted)
        request.state = state
        request.stateChangeTime = Self.begun
        request.epoch = Self.epoch
        request.handleStatus = .closed
        shape(&request)
        change(&request)
        return request
    }

    /// The children of a request of this shape: only those let the schedule's end wait.
    var children: Int { self == .scheduleEnded ? 1 : 0 }

    private var isSynchronous: Bool { self == .synchronous || self == .cancellingSynchronous }

    private func shape(_ request: inout JobRequest) {
        switch state {
        case .running, .cancelling: shapeExecuting(&request)
        case .paused:
            request.isAsynchronous = true
            request.phase = .executePaused
            request.firstStartTime = Self.begun
            if self == .suspended { request.handleStatus = .live } else { request.pausedCount = 1 }
        case .completed:
            request.owner = Self.node
            request.phase = .postProcessStart
            request.firstStartTime = Self.begun
        case .errorAutoRetry: request.retryTime = Self.now + .seconds(1)
        case .wait, .ready, .blocked, .hold: request.scheduledTime = Self.begun
        default: if state.isTerminal { shapeTerminal(&request) }
        }
        if state == .cancelling { request.cancelInitiatedTime = Self.begun }
    }

    private func shapeExecuting(_ request: inout JobRequest) {
        request.handleStatus = .live
        request.firstStartTime = Self.begun
        request.startTime = Self.begun
        request.runningSince = Self.begun
        request.isAsynchronous = !isSynchronous
        switch self {
        case .synchronous, .cancellingSynchronous:
            request.owner = Self.node
            request.process = Self.identity
            request.phase = .executeInitiateComplete
        case .initiating, .cancellingInitiating:
            request.owner = Self.node
            request.phase = .executeInitiate
        default:
            request.phase = .executeAsyncWait
            request.waitTime = Self.begun
        }
    }

    private func shapeTerminal(_ request: inout JobRequest) {
        request.cause = .operatorCancel
        request.errorType = self == .error ? .system : nil
        request.phase = .complete
        request.completedTime = Self.begun
    }
}
