/// Runs invocations of one or more kinds of executables (runtime §9).
package protocol JobExecutor: Sendable {
    /// Runs one invocation to its end.
    ///
    /// It returns when nothing of the invocation runs any more under the executor's care, or when its answer comes
    /// later (`waiting`). Between it honours `invocation.control`: told to stop, it ends the executable as runtime
    /// §3.1 says for its kind and returns what came of it.
    ///
    /// - Parameter invocation: the attempt, its parameters and its handle.
    /// - Returns: how it ended; an executor has no other way to fail.
    func execute(_ invocation: Invocation) async -> InvocationResult

    /// Tells the remote job once that it is being cancelled; only called where `hasCancelCall` is true.
    func callCancel(_ invocation: Invocation) async -> CancelCallAnswer
}

/// One invocation of an executable.
package struct Invocation: Sendable {
    package let request: JobRequest
    /// Merged parameters, system properties included; tokens are not yet resolved.
    package let parameters: [Parameter]
    /// Opaque handle of this invocation (REST §5.9). A secret: never logged.
    package let handle: String
    /// Base of the REST API, `https://host/ess/rest/scheduler/v1`, without a slash at the end.
    package let baseURL: String
    /// Sub-requests of the round that a resumed job has paused for, in order of their numbers (runtime §6).
    package let subRequests: [SubRequestEnd]
    /// What `${ESS_REQ:lastSuccess.…}` tells; nil where there is none, or nobody asks.
    package let lastSuccess: LastSuccess?
    package let control: InvocationControl

    package init(
        request: JobRequest,
        parameters: [Parameter],
        handle: String,
        baseURL: String,
        subRequests: [SubRequestEnd] = [],
        lastSuccess: LastSuccess? = nil,
        control: InvocationControl
    ) {
        self.request = request
        self.parameters = parameters
        self.handle = handle
        self.baseURL = baseURL
        self.subRequests = subRequests
        self.lastSuccess = lastSuccess
        self.control = control
    }

    /// Value of a parameter for this request: scoped to its step before unscoped.
    package func value(_ name: String) -> String? {
        let scoped = parameters.last { $0.name == name && $0.scope == request.lineage.stepID && $0.scope != nil }
        return (scoped ?? parameters.last { $0.name == name && $0.scope == nil })?.value
    }
}

/// A sub-request as its resumed parent learns of it.
package struct SubRequestEnd: Hashable, Sendable {
    package let id: RequestID
    package let state: RequestState

    package init(id: RequestID, state: RequestState) {
        self.id = id
        self.state = state
    }
}

/// The last instance of a recurring request that ended in SUCCEEDED or WARNING (runtime §9.4).
package struct LastSuccess: Hashable, Sendable {
    package let requestID: RequestID
    package let scheduledTime: Timestamp
    package let startTime: Timestamp?
    package let endTime: Timestamp?

    package init(_ request: JobRequest) {
        requestID = request.id
        scheduledTime = request.scheduledTime
        startTime = request.startTime
        endTime = request.endTime
    }
}

/// How an invocation ended.
package enum InvocationResult: Hashable, Sendable {
    case ended(ExecutableOutcome)
    /// Accepted; the answer comes by the handle.
    case waiting(externalID: String?)
    /// The answer to the start call was itself a report.
    case reported(ReportStatus, text: String?)
    /// The server's own stop ended it.
    case endedByServer
}

/// What the remote job answered to the cancel call.
package enum CancelCallAnswer: Hashable, Sendable {
    /// 2xx or 4xx: it knows; no further call.
    case answered
    /// It answered with a report of its end.
    case reported(ReportStatus, text: String?)
    /// Not reached, or a server error: called again later.
    case failed(String)
}

/// Why the server ends an invocation.
package enum StopReason: String, CaseIterable, Hashable, Sendable {
    case cancel
    case timeout
    case nodeStopping
    /// The node could not renew its lease: others may take its attempts soon (runtime §8). Ends everything at once.
    case fenced
}

/// A demand to end an invocation within a grace period.
package struct StopDemand: Hashable, Sendable {
    package let reason: StopReason
    package let grace: Duration

    package init(reason: StopReason, grace: Duration) {
        self.reason = reason
        self.grace = grace
    }
}
