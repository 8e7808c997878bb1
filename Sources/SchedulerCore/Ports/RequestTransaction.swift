/// What a store offers inside one of its write transactions: small, synchronous, without decisions of its own.
///
/// `CommandInterpreter` holds the rules and calls these; each store implements them once. Everything read here is
/// current and stays so until the commit. Writes may wait for the commit, but later reads of the transaction see
/// them.
///
/// Whoever will change requests locks them first, all at once: a store with several writers takes the locks in
/// ascending order of the numbers, so that no two transactions wait for each other. Candidates and due requests come
/// locked; a store may leave out those that another transaction holds.
package protocol RequestTransaction: LockTransaction, OutboxTransaction, CallTransaction {
    /// Store time of the transaction. In a store with one writer never earlier than that of a transaction before it;
    /// in any store the machine lets no request go back in time.
    var now: Timestamp { get }

    /// What the node may do, by its lease at `now` (runtime §8).
    mutating func standing(of node: NodeID) throws -> NodeStanding

    /// Locks the requests and all above them until the commit, and reads them if that saves later reads; unknown
    /// numbers are allowed. Who holds the root of a tree may change all below it.
    mutating func lock(_ ids: [RequestID]) throws

    /// The next numbers of requests, ascending: greater than every one that was given before, and never given again.
    mutating func nextRequestIDs(_ count: Int) throws -> [RequestID]

    /// The next epochs of the one global sequence, ascending. Taken inside the transaction, after the lock: a number
    /// that was kept from before could be smaller than one that the request has had since.
    mutating func nextEpochs(_ count: Int) throws -> [AttemptEpoch]

    /// The request, deleted ones included; nil if there is none.
    mutating func request(_ id: RequestID) throws -> JobRequest?

    /// The merged parameters of each request; none where a request has none.
    mutating func parameters(of ids: [RequestID]) throws -> [RequestID: [Parameter]]

    /// The children of these requests that are not terminal, locked, in order of their numbers.
    mutating func liveChildren(of parents: [RequestID]) throws -> [JobRequest]

    /// What the tree below a root is to do; nil where it has no plan.
    mutating func plan(of root: RequestID) throws -> RequestPlan?

    /// Replaces the plan of a root that has one.
    mutating func replacePlan(of root: RequestID, with plan: RequestPlan) throws

    /// Gives a request other parameters, all at once.
    mutating func replaceParameters(of id: RequestID, with parameters: [Parameter]) throws

    /// Keeps that instants of a recurring parent were skipped.
    mutating func append(_ skip: SkipRecord, to parent: RequestID) throws

    /// Marks all below a root as deleted.
    mutating func deleteDescendants(of root: RequestID) throws

    /// Adds a request with its side data.
    mutating func insert(_ request: JobRequest, _ submission: Submission) throws

    /// Replaces a request and appends the steps to its history.
    ///
    /// The write names state, epoch and revision of `before`; the revision of `after` is the next one.
    ///
    /// - Throws: ESS-01051, at the latest at the commit, where the stored row differs: the store has lost its
    ///   isolation, and nothing of the transaction may stay.
    mutating func update(_ before: JobRequest, to after: JobRequest, steps: [TransitionStep]) throws

    /// Due requests that may start or resume, best rank first (runtime §4), at most `limit`, none of these classes.
    mutating func dispatchCandidates(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest]

    /// Requests in WAIT that are due, best rank first, at most `limit`, none of these classes.
    mutating func dueWaiting(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest]

    /// Requests in READY that may start, those that have been so for longest first, at most `limit`, none of these
    /// classes.
    mutating func longestReady(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest]

    /// How many attempts each of these counts now, see `JobRequest.workSlot`. Until the commit no other transaction is
    /// told: what is counted and what is started belong together.
    mutating func inUse(_ slots: [WorkSlot]) throws -> [WorkSlot: Int]

    /// How many due requests may start or resume and are better than a rank; at most `limit`. It locks nothing.
    mutating func dueCount(before rank: Rank, limit: Int) throws -> Int

    /// Requests whose next timer is due, earliest first, at most `limit`.
    mutating func dueTimers(limit: Int) throws -> [JobRequest]

    /// Whether a request of the definition is pending or will be retried (REST §5.3). Until the commit no other
    /// transaction is told that there is none.
    mutating func hasPending(definition: MetadataObjectID) throws -> Bool

    mutating func append(_ record: AuditRecord) throws
}

extension RequestTransaction {
    package mutating func dispatchCandidates(limit: Int) throws -> [JobRequest] {
        try dispatchCandidates(limit: limit, without: [])
    }

    package mutating func dueWaiting(limit: Int) throws -> [JobRequest] { try dueWaiting(limit: limit, without: []) }
}
