public import SchedulerCore

/// What a Swift job knows of its request, and what it can do for it.
///
/// It may be passed on to other tasks. Once the invocation has ended or was abandoned, everything it does is ignored;
/// only an invocation that ended with `waiting` keeps its log, check-in and sub-requests.
public struct SwiftJobContext: Sendable {
    let invocation: Invocation
    let link: SwiftJobLink
    /// Parameters without the system properties.
    public let parameters: [SwiftJobParameter]
    private let values: [String: String]

    init(_ invocation: Invocation, link: SwiftJobLink, values: [(name: String, value: String?)]) {
        self.invocation = invocation
        self.link = link
        parameters = values.filter { !$0.name.uppercased().hasPrefix("SYS_") }
            .map { SwiftJobParameter(name: $0.name, value: $0.value) }
        self.values = Dictionary(
            values.compactMap { entry in entry.value.map { (entry.name, $0) } },
            uniquingKeysWith: { $1 }
        )
    }

    /// Number of the request.
    public var requestID: Int64 { invocation.request.id.value }
    /// Number of the root of its tree.
    public var absParentRequestID: Int64 { invocation.request.lineage.absParentID.value }
    /// Number of its parent; nil for a root.
    public var parentRequestID: Int64? { invocation.request.lineage.parentID?.value }
    /// Path of the step in a job set; nil outside of one.
    public var stepID: String? { invocation.request.lineage.stepID }
    /// Handle of this invocation, with which its outcome is reported from outside. A secret: never log it.
    public var requestHandle: String { invocation.handle }
    /// Base of the REST API, without a slash at the end.
    public var baseURL: String { invocation.baseURL }
    /// Starts at 1; one more for each retry.
    public var executionAttempt: Int { invocation.request.attempt }
    /// Pauses of this attempt so far.
    public var pausedCount: Int { invocation.request.pausedCount }
    /// What the previous invocation of this attempt paused with.
    public var pausedState: String? { invocation.request.pausedState }
    /// How the sub-requests have ended that the previous invocation of this attempt paused for, in order of their
    /// numbers; empty before the first pause.
    public var subRequests: [SwiftSubRequestEnd] {
        invocation.subRequests.map { SwiftSubRequestEnd(requestID: $0.id.value, state: $0.state.rawValue) }
    }
    /// What `waiting` gave; nil before.
    public var externalID: String? { invocation.request.externalID }
    /// Canonical, `JobDefinition://acme/gl/PostLedger`.
    public var jobDefinitionID: String { invocation.request.facts.definitionID.description }
    /// Application of the request.
    public var application: String { invocation.request.facts.application }
    /// Who submitted it.
    public var submitter: String { invocation.request.facts.submitter }
    /// In whose name it runs.
    public var runAsUser: String { invocation.request.facts.runAsUser }
    /// When it was due: UTC with milliseconds, `2027-03-01T09:10:00.000Z`.
    public var scheduledTime: String { invocation.request.scheduledTime.description }

    /// Value of a parameter, of system properties too.
    ///
    /// - Parameter name: case-sensitive.
    /// - Returns: nil if there is no such parameter or it has no value.
    public func parameter(_ name: String) -> String? { values[name] }

    /// True once the job should end: cancel, timeout action or end of the server. The task is cancelled with it.
    public var isCancelled: Bool { invocation.control.stopDemand != nil || link.isClosed }

    /// Checks in: asks whether the request is being cancelled and tells that the job is alive, which restarts the clock
    /// of forceCancel.
    ///
    /// - Returns: true if the job should end.
    /// - Throws: if the scheduler could not be asked.
    public func checkIn() async throws -> Bool { try await link.checkIn(invocation) }

    /// Submits a sub-request of this request. It waits until the job returns `paused`, and runs then; when the last of
    /// the round has ended, the job is invoked again and finds how they ended in `subRequests`. If the job ends
    /// otherwise, it is CANCELLED.
    ///
    /// - Parameter subRequest: what is to run. It runs as the same user as this request, who needs EXECUTE.
    /// - Returns: number of the sub-request, which is durable.
    /// - Throws: `SubRequestRefused`; `CancellationError` if the invocation is over; any other error if it could not be
    ///   stored.
    @discardableResult
    public func submit(_ subRequest: SwiftSubRequest) async throws -> Int64 {
        try await link.submit(subRequest.order, invocation)
    }

    /// Writes a line to the log of the request, at once. Lines below the level asked for (`requestLogLevel`, default
    /// INFO) are dropped. A log that cannot be written never fails the job.
    ///
    /// - Parameters:
    ///   - message: may have several lines.
    ///   - level: weight of the line.
    public func log(_ message: String, level: JobLogLevel = .info) { link.log(message, level: level) }

    /// Stores an output of the request; one of the same name, also of an earlier attempt, is replaced.
    ///
    /// - Parameters:
    ///   - bytes: the whole output.
    ///   - name: letters, digits, `.`, `_`, `-`; at most 128.
    /// - Throws: if the name is not allowed, the output is too large, it cannot be stored or the invocation is over.
    public func writeOutput(_ bytes: [UInt8], name: String) throws { try link.writeOutput(bytes, name: name) }

    /// Suspends the job.
    ///
    /// - Parameter duration: how long.
    /// - Throws: `CancellationError` when the job should end.
    public func sleep(for duration: Duration) async throws { try await link.sleep(for: duration) }
}
