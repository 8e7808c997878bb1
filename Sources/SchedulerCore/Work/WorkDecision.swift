/// Whether a node starts a request by its work plan.
package enum WorkDecision: Hashable, Sendable {
    /// Nil = the default assignment, under which nothing is recorded.
    case accepted(WorkGrant?)
    /// Each reason, in the order of their codes; at least one.
    case waits([WorkObstacle])
}

/// What a request takes of what assignments limit.
package struct WorkDemand: Hashable, Sendable {
    /// A job set needs no thread.
    package var needsThread: Bool
    package var kind: WorkLimitKind?
    /// A resume from SUSPEND may exceed `asyncJavaLimit` and `plsqlLimit` (administration §4, 5).
    package var mayExceedLimits: Bool

    package init(needsThread: Bool = true, kind: WorkLimitKind? = nil, mayExceedLimits: Bool = false) {
        self.needsThread = needsThread
        self.kind = kind
        self.mayExceedLimits = mayExceedLimits
    }
}

/// What is in use now.
package struct WorkUse: Hashable, Sendable {
    /// Threads of the node in use, in all and by assignment.
    package var threads: Int
    package var threadsByAssignment: [MetadataObjectID: Int]
    /// Jobs that run in the cluster.
    package var slots: [WorkSlot: Int]

    package init(threads: Int = 0, byAssignment: [MetadataObjectID: Int] = [:], slots: [WorkSlot: Int] = [:]) {
        self.threads = threads
        self.threadsByAssignment = byAssignment
        self.slots = slots
    }

    package func threads(of share: WorkShare) -> Int { threadsByAssignment[share.assignment.id] ?? 0 }
}

extension WorkPlan {
    package func decide(_ facts: SpecializationFacts, _ demand: WorkDemand, _ use: WorkUse) -> WorkDecision {
        decide(acceptance(of: facts), demand, use)
    }

    /// Chooses among the assignments that accept a request: an exclusive one first, then the one with most free
    /// threads, then by id.
    ///
    /// - Parameters:
    ///   - acceptance: of this plan.
    ///   - demand: what the request takes.
    ///   - use: what is in use now.
    /// - Returns: under what it may start, or all reasons why it may not.
    package func decide(_ acceptance: WorkAcceptance, _ demand: WorkDemand, _ use: WorkUse) -> WorkDecision {
        if acceptance.isDefault {
            guard demand.needsThread, use.threads >= threads else { return .accepted(nil) }
            return .waits([.noFreeThread(nil, threads: threads, inUse: use.threads)])
        }
        var best: (share: WorkShare, free: Int)?
        var obstacles = acceptance.obstacles
        for share in acceptance.shares.map({ shares[$0] }) {
            let found = self.obstacles(share, demand, use)
            guard found.isEmpty else {
                obstacles += found
                continue
            }
            let free = share.threads - use.threads(of: share)
            // Shares are in order of their ids.
            guard let known = best, known.share.isExclusive || !share.isExclusive else {
                best = (share, free)
                continue
            }
            if known.share.isExclusive == share.isExclusive, free > known.free { best = (share, free) }
        }
        if let best { return .accepted(best.share.grant) }
        let order = WorkObstacleCode.allCases
        return .waits(order.flatMap { code in obstacles.filter { $0.code == code } })
    }

    private func obstacles(_ share: WorkShare, _ demand: WorkDemand, _ use: WorkUse) -> [WorkObstacle] {
        var found: [WorkObstacle] = []
        let inUse = use.threads(of: share)
        if demand.needsThread, inUse >= share.threads {
            found.append(.noFreeThread(share.assignment.id, threads: share.threads, inUse: inUse))
        }
        if !demand.mayExceedLimits, let kind = demand.kind, let slot = share.slot(kind), let limit = share.limit(kind) {
            let taken = use.slots[slot] ?? 0
            if taken >= limit { found.append(.asyncLimit(slot, limit: limit, inUse: taken)) }
        }
        return found
    }
}
