/// What a node asks for in a dispatch pass (runtime §7.3).
package struct Claim: Hashable, Sendable {
    package let node: NodeID
    /// Label of the node, shown as `processor`.
    package let processor: String
    /// Free threads: at most so many requests are started.
    package let limit: Int
    /// At most so many due requests that find no thread become READY in this pass.
    package let readyLimit: Int
    /// What the node takes on.
    package let admission: NodeAdmission
    /// Classes that it is known to pass over.
    package let without: Set<WorkClass>
    /// All threads of the node, used ones included: what assignments divide among them. Nil = as many as are free.
    package let threads: Int?
    /// Threads in use by assignment.
    package let inUse: [MetadataObjectID: Int]
    /// Whether the node joined while something was bound to all others, and waits for that, see
    /// `WorkModel.leavesAside`.
    package let isNewcomer: Bool
    /// Store time from which on starving requests, which come before all others, are looked for; nil = not at all.
    package let starvesFrom: Timestamp?

    package init(
        node: NodeID,
        processor: String,
        limit: Int,
        readyLimit: Int,
        admission: NodeAdmission? = nil,
        without: Set<WorkClass> = [],
        threads: Int? = nil,
        inUse: [MetadataObjectID: Int] = [:],
        isNewcomer: Bool = false,
        starvesFrom: Timestamp? = nil
    ) {
        self.node = node
        self.processor = processor
        self.limit = limit
        self.readyLimit = readyLimit
        self.admission = admission ?? NodeAdmission(name: processor)
        self.without = without
        self.threads = threads
        self.inUse = inUse
        self.isNewcomer = isNewcomer
        self.starvesFrom = starvesFrom
    }

    /// How much of a batch it takes: requests that it changes at most, but for their relatives.
    package var weight: Int { max(1, limit + readyLimit) }
}

/// A request that a node has taken, with what its executor needs.
package struct ClaimedRequest: Hashable, Sendable {
    @Shared package private(set) var request: JobRequest
    package let parameters: [Parameter]

    package init(request: JobRequest, parameters: [Parameter]) {
        self.request = request
        self.parameters = parameters
    }
}

/// Result of one dispatch pass.
package struct ClaimResult: Hashable, Sendable {
    /// What the node was when it asked; only an active one gets anything.
    package var standing = NodeStanding.active
    /// RUNNING on the node from now on, each in need of a thread.
    package var started: [ClaimedRequest] = []
    /// Everything else that the pass changed: expired, refused for their user, made READY.
    package var changes: [RequestChange] = []
    /// Candidates that the machine would not start: a fault, of which the others must not suffer.
    package var skipped: [RequestID] = []
    /// Classes that were met and are not the node's: not asked for again.
    package var passedOver: Set<WorkClass> = []
    /// Whether the pass ended before it had seen all that may start.
    package var hasMore = false
    /// What the node works on, by which classes were passed over; nil where it does everything.
    package var plan: WorkPlan?
    /// How many starving requests were met; nil where it was not looked for them.
    package var starving: Int?
    /// Store time from which on it is to be looked for them again; nil likewise.
    package var starvesFrom: Timestamp?

    package init() {}

    package var becameReady: Int { changes.count { $0.request.state == .ready } }
}
