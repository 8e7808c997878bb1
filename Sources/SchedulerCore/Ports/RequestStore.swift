/// Durable requests. Each call is one transaction or joins others in one; when it returns, what it did is on disk.
///
/// All calls throw `StoreFault`: `unavailable` and `failed` both mean that nothing of the call was written, save
/// where the answer itself was lost; a repeat is then decided anew against what is stored.
package protocol RequestStore: Sendable {
    /// Store time (runtime §8).
    func now() async throws -> Timestamp

    /// Makes a request durable.
    ///
    /// - Parameters:
    ///   - submission: validated, without a number.
    ///   - audit: record to write with it; nil for none.
    ///   - call: recorded with it; without one a repeat makes another request.
    /// - Returns: the request in WAIT with its number.
    /// - Throws: `SchedulerError` ESS-01050, ESS-01054 where the call's key has been used, `StoreFault`.
    func submit(_ submission: Submission, audit: AuditEntry?, call: IdempotentCall?) async throws -> JobRequest

    /// Decides and writes commands in order, in one transaction; one's refusal does not hinder the others.
    ///
    /// - Parameter commands: at most `StoreLimits.commandsPerCall`.
    /// - Returns: one result a command, in the same order.
    /// - Throws: ESS-01054 where the key of a command's call has been used, and nothing is written; `StoreFault`.
    func perform(_ commands: [RequestCommand]) async throws -> [CommandResult]

    /// One dispatch pass of a node.
    ///
    /// - Parameter claim: node and free threads. Asked when the transaction begins, and again where it is repeated:
    ///   until then more threads may have come free.
    /// - Returns: the requests that are RUNNING on the node from now on. After a lost answer they are found by
    ///   `attempts(of:…)`. Nothing where the node holds no lease or is quiesced: see `standing`.
    /// - Throws: `StoreFault`.
    func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult

    /// Fires due timers.
    ///
    /// - Parameter limit: at most so many.
    /// - Returns: one result a timer.
    /// - Throws: `StoreFault`.
    func fireTimers(limit: Int) async throws -> [CommandResult]

    /// Tests requests anew that wait for tokens or slots: after a change of the metadata, and from time to time.
    ///
    /// - Parameters:
    ///   - id: only greater numbers; nil = from the first.
    ///   - limit: at most so many.
    /// - Returns: what that changed, and where to go on.
    /// - Throws: `StoreFault`.
    func sweepLocks(after id: RequestID?, limit: Int) async throws -> LockSweep

    /// When dispatch and timers have something to do next.
    ///
    /// - Parameter classes: what waits in these does not count for dispatch: the node passes them over.
    /// - Returns: two instants, which may lie in the past.
    /// - Throws: `StoreFault`.
    func nextInstants(without classes: Set<WorkClass>) async throws -> NextInstants

    /// The request with its side data; nil if it does not exist or is deleted.
    func request(_ id: RequestID) async throws -> RequestDetail?

    /// The requests that a query asks for and its reader may see.
    func requests(_ query: RequestQuery) async throws -> [RequestDetail]

    /// All passed cells of the table, oldest first.
    func history(of id: RequestID) async throws -> [TransitionStep]

    /// Instants of a recurring parent that were skipped, in order of the instants.
    func skips(of id: RequestID) async throws -> [SkipRecord]

    /// Attempts that hold a thread of the node: heartbeat and reconciliation read these.
    ///
    /// - Parameters:
    ///   - node: whose attempts.
    ///   - id: only greater numbers.
    ///   - limit: at most so many.
    /// - Returns: in order of their numbers.
    /// - Throws: `StoreFault`.
    func attempts(of node: NodeID, after id: RequestID?, limit: Int) async throws -> [JobRequest]

    /// Appends a record that belongs to no change, such as a denied call.
    func append(_ record: AuditRecord) async throws

    /// Audit records of a target, oldest first.
    func auditTrail(targetKind: String, targetID: String) async throws -> [AuditRecord]
}

extension RequestStore {
    /// Makes a request durable for a call without a key.
    package func submit(_ submission: Submission, audit: AuditEntry?) async throws -> JobRequest {
        try await submit(submission, audit: audit, call: nil)
    }

    package func nextInstants() async throws -> NextInstants { try await nextInstants(without: []) }
}

/// What time will bring next.
package struct NextInstants: Hashable, Sendable {
    /// Earliest `scheduledTime` of a request in WAIT.
    package let due: Timestamp?
    /// Earliest timer of any request.
    package let timer: Timestamp?

    package init(due: Timestamp?, timer: Timestamp?) {
        self.due = due
        self.timer = timer
    }
}

extension RequestStore {
    /// A pass for threads that are known to be free whenever it comes.
    package func claim(_ claim: Claim) async throws -> ClaimResult { try await self.claim { claim } }
}

/// A request with its side data.
package struct RequestDetail: Hashable, Sendable {
    package let request: JobRequest
    /// Empty where the query did not ask for them.
    package let parameters: [Parameter]
    package let callback: CallbackSubscription?
    /// Schedule in force of a recurring parent and of its instances.
    package let schedule: JobSchedule?

    package init(
        request: JobRequest,
        parameters: [Parameter],
        callback: CallbackSubscription?,
        schedule: JobSchedule? = nil
    ) {
        self.request = request
        self.parameters = parameters
        self.callback = callback
        self.schedule = schedule
    }
}

/// Bounds of store calls.
package enum StoreLimits {
    /// Commands in one call of `perform`.
    package static let commandsPerCall = 1000
}
