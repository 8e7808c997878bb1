import SchedulerCore

/// What the assignments of one node leave for one dispatch pass, by the auditor's own reading.
struct NaiveWorkPass {
    /// Under what a request may start.
    enum Choice: Hashable {
        case refused
        /// Without an assignment.
        case free
        case under(String, shift: String)
    }

    /// What counts asynchronous jobs in the cluster.
    struct Slot: Hashable {
        let assignment: String
        let shift: String

        /// As the scheduler calls it.
        var slot: WorkSlot {
            WorkSlot(
                assignment: NaiveWork.id(assignment, .workAssignment),
                workshift: NaiveWork.id(shift, .workshift),
                kind: .asyncJava
            )
        }
    }

    private let work: NaiveWork
    private let node: String
    private let place: NaivePlace
    private let threads: Int
    private let now: Timestamp
    private let shares: [NaiveWork.Share]?
    private var inUse: [String: Int]
    private var slots: [Slot: Int]
    /// What the node does not ask for, by a plan that it has or had.
    private let without: Set<WorkClass>

    init(
        _ work: NaiveWork,
        _ claim: Claim,
        node: String,
        place: NaivePlace,
        slots: [Slot: Int],
        now: Timestamp
    ) {
        self.work = work
        self.node = node
        self.place = place
        self.now = now
        self.slots = slots
        threads = claim.threads ?? claim.limit + claim.inUse.values.reduce(0, +)
        shares = work.shares(of: node, threads: threads, now: now)
        inUse = Dictionary(uniqueKeysWithValues: claim.inUse.map { ($0.key.name, $0.value) })
        without = claim.without
    }

    /// Whether it may run on the node at all.
    func serves(_ request: JobRequest) -> Bool { place.takes(request.facts, by: node) }

    /// I55, I56: nothing but an active assignment that accepts the request and has room for it.
    func choice(_ request: JobRequest) -> Choice {
        guard serves(request) else { return .refused }
        guard !work.isTrivial else { return .free }
        guard let shares else { return work.isClaimed(request.facts) ? .refused : .free }
        let fitting = shares.filter { share in
            (!request.takesThreadOfShare || free(share) > 0) && work.takes(request.facts, by: share, slots: slots)
        }
        let best = fitting.min { left, right in
            if left.isExclusive != right.isExclusive { return left.isExclusive }
            if free(left) != free(right) { return free(left) > free(right) }
            return left.assignment.name < right.assignment.name
        }
        return best.map { .under($0.assignment.name, shift: $0.shift.name) } ?? .refused
    }

    /// Whether the pass asks for such requests, and may start one.
    func mayTake(_ request: JobRequest) -> Bool {
        guard choice(request) != .refused else { return false }
        return without.isEmpty || !without.contains(WorkClass(request.workGroup))
    }

    /// Whether the node may take such requests until its plan changes, if it has room for them.
    func mayEverTake(_ request: JobRequest) -> Bool {
        let isKnown = !without.isEmpty && without.contains(WorkClass(request.workGroup))
        guard serves(request), !isKnown else { return false }
        guard !work.isTrivial else { return true }
        guard let shares else { return !work.isClaimed(request.facts) }
        return shares.contains { work.takes(request.facts, by: $0, slots: nil) }
    }

    mutating func note(_ request: JobRequest) {
        // Post-processing goes on under what its attempt was started under.
        guard let assignment = request.workAssignment?.name, let shift = request.workshift?.name else { return }
        if request.owner != nil { inUse[assignment, default: 0] += 1 }
        if request.facts.mayBeAsynchronous { slots[Slot(assignment: assignment, shift: shift), default: 0] += 1 }
    }

    private func free(_ share: NaiveWork.Share) -> Int { share.threads - inUse[share.assignment.name, default: 0] }
}

extension RequestFacts {
    /// What `asyncJavaLimit` counts: HTTP jobs that answer later, and Swift jobs that may.
    var mayBeAsynchronous: Bool {
        switch executor {
        case .http: isAsynchronous == true
        case .swift: isAsynchronous != false
        default: false
        }
    }
}

extension JobRequest {
    /// A set takes one for its callouts alone.
    var takesThreadOfShare: Bool { facts.executor != nil || policy.hasPreProcess || policy.hasPostProcess }
}
