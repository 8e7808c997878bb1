/// What a store offers inside one of its write transactions: small, synchronous, without decisions of its own.
///
/// `CommandInterpreter` holds the rules and calls these; each store implements them once. Everything read here is
/// current and stays so until the commit.
package protocol RequestTransaction {
    /// Store time of the transaction; never earlier than that of a transaction before it.
    var now: Timestamp { get }

    /// The next number of a request; numbers are given in order and never again.
    mutating func nextRequestID() throws -> RequestID

    /// The next epoch of the one global sequence.
    mutating func nextEpoch() throws -> AttemptEpoch

    /// The request, deleted ones included; nil if there is none.
    mutating func request(_ id: RequestID) throws -> JobRequest?

    /// The merged parameters of the request.
    mutating func parameters(of id: RequestID) throws -> [Parameter]

    /// Adds a request with its side data.
    mutating func insert(_ request: JobRequest, _ submission: Submission) throws

    /// Replaces a request and appends the steps to its history.
    ///
    /// The write names the state and the epoch of `before`. False means that the stored row differs: nothing is
    /// written then.
    mutating func update(_ before: JobRequest, to after: JobRequest, steps: [TransitionStep]) throws -> Bool

    /// Due requests that may start or resume, best rank first (runtime §4), at most `limit`.
    mutating func dispatchCandidates(limit: Int) throws -> [JobRequest]

    /// Requests in WAIT that are due, best rank first, at most `limit`.
    mutating func dueWaiting(limit: Int) throws -> [JobRequest]

    /// Requests whose next timer is due, earliest first, at most `limit`.
    mutating func dueTimers(limit: Int) throws -> [JobRequest]

    /// Whether a request of the definition is pending or will be retried (REST §5.3).
    mutating func hasPending(definition: MetadataObjectID) throws -> Bool

    mutating func append(_ record: AuditRecord) throws
}
