/// What a diagnosis needs to know, read within one transaction, which it leaves as it is (runtime §10).
extension CommandInterpreter {
    /// Reads a request and what is around it.
    ///
    /// It locks nothing. A store that shows each statement the newest commits may show a request and its blockers at
    /// different instants: where the request has changed meanwhile, all is read anew.
    ///
    /// - Parameters:
    ///   - id: of the request.
    ///   - context: settings and metadata in force.
    ///   - transaction: open; nothing is written.
    /// - Returns: nil where there is no such request, or a deleted one.
    /// - Throws: the store's errors.
    package static func diagnosisFacts(
        of id: RequestID,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> DiagnosisFacts? {
        var facts: DiagnosisFacts?
        for _ in 0..<DiagnosisLimits.readings {
            guard let request = try transaction.glance(at: [id]).first, request.deletedTime == nil else { return nil }
            let found = try read(request, context: context, in: &transaction)
            facts = found
            if try transaction.glance(at: [id]).first?.revision == request.revision { break }
        }
        return facts
    }

    private static func read(
        _ request: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> DiagnosisFacts {
        var facts = DiagnosisFacts(request, now: transaction.now, settings: context.settings)
        guard !request.state.isTerminal else { return facts }
        if request.kinship.liveChildren > 0 {
            facts.children = try transaction.glance(belowParent: request.id, limit: DiagnosisLimits.relatives).map(\.id)
        }
        if let next = request.kinship.nextInstance {
            facts.nextInstant = try transaction.glance(at: [next]).first?.scheduledTime
        }
        if let owner = request.owner { facts.isOwnerLost = try transaction.standing(of: owner) == .none }
        if request.state == .pendingValidation { facts.missing = missing(of: request, context.catalogue) }
        facts.earlierInstance = try earlierInstance(than: request, in: &transaction)
        if request.waitsForLocks || (facts.isDue && request.state.isPending) {
            facts.locks = try lockFacts(of: request, context: context, in: &transaction)
        }
        if facts.isDue {
            facts.betterRanked = try transaction.dueCount(before: request.rank, limit: DiagnosisLimits.ranked)
        }
        return facts
    }

    private static func missing(of request: JobRequest, _ catalogue: Catalogue) -> [MetadataObjectID] {
        let named = [request.facts.definitionID, request.facts.jobTypeID, request.scheduleDefinition]
        return named.compactMap(\.self).filter { catalogue[$0] == nil }
    }

    /// What keeps an instance back, see `holdBack`.
    private static func earlierInstance(
        than request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> RequestID? {
        let isGated = request.kinship.gate == .earlierInstance
        let isDue = request.dispatchTime.map { $0 <= transaction.now } ?? false
        guard request.lineage.type.isRecurringInstance, request.state.isPending, !request.kinship.isActiveInstance,
            isGated || isDue, let parentID = request.lineage.parentID,
            let parent = try transaction.glance(at: [parentID]).first, parent.kinship.activeInstances > 0,
            isGated || parent.kinship.overlap != .allow
        else { return nil }
        return try transaction.glance(belowParent: parentID, limit: DiagnosisLimits.instances)
            .first { $0.kinship.isActiveInstance && $0.id != request.id }?.id
    }

    // MARK: - Locks

    /// By what it waits for if it does, else by what it would need at its start.
    private static func lockFacts(
        of request: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> LockFacts {
        var test: LockTest
        if request.waitsForLocks {
            test = try LockTest(waiting: request, context, in: &transaction)
        } else {
            let demand = try demand(of: request, context, in: &transaction)
            guard !demand.isEmpty else { return LockFacts() }
            test = try LockTest(request, demand, context, in: &transaction)
        }
        var verdict = try test.verdict(in: &transaction)
        if case .free = verdict, request.state == .blocked || request.kinship.gate == .slot {
            // What is ahead could start no more, and the sweep has not come by yet.
            test.countsIdle = true
            verdict = try test.verdict(in: &transaction)
        }
        var facts = LockFacts()
        switch verdict {
        case .free: break
        case .blocked(let found): facts.blockers = try blockers(found, of: request, in: &transaction)
        case .full(let found):
            guard let slot = test.demand.slot else { break }
            facts.slots = LockFacts.Slots(
                definition: slot.key.object,
                limit: slot.limit,
                inUse: try transaction.holderCount(of: slot.key),
                holders: Array(found.holders.prefix(DiagnosisLimits.holders)),
                queuePosition: 1 + (try transaction.queueCount(of: slot.key, before: request.rank))
            )
        }
        return facts
    }

    private static func blockers(
        _ found: LockBlockers,
        of request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> [LockFacts.Blocker] {
        // Where each statement sees the newest commits, one may have ended since.
        let living = Set(
            try transaction.glance(at: Array(found.requests.prefix(DiagnosisLimits.blockers)))
                .filter { !$0.state.isTerminal }.map(\.id)
        )
        var named: Set<RequestID> = []
        var positions: [LockKey: Int] = [:]
        return try found.claims.compactMap { claim in
            guard living.contains(claim.request), named.insert(claim.request).inserted else { return nil }
            let key = claim.token.key
            let position = try positions[key] ?? 1 + transaction.queueCount(of: key, before: request.rank)
            positions[key] = position
            return LockFacts.Blocker(
                request: claim.request,
                key: key,
                kind: claim.isWaiting ? .waiter : .holder,
                queuePosition: position
            )
        }
    }
}
