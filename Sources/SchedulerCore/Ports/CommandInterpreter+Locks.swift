/// Tokens and slots: taken with a start, given back with its end, and whoever waited for them tested anew, all in one
/// transaction (runtime §7.1).
extension CommandInterpreter {
    // MARK: - Before a start

    /// What the lock table says to a request that is to start.
    enum LockStep {
        /// It may start, as this value.
        case start(JobRequest)
        /// It waits, or has ended; what that changed.
        case kept([RequestChange])
        /// Another transaction has a key of it.
        case later
    }

    /// Takes what a candidate needs, or lets it wait for that.
    static func takeLocks(
        _ candidate: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> LockStep {
        let demand = try demand(of: candidate, context, in: &transaction)
        guard !demand.isEmpty || candidate.kinship.lockStanding != .none else { return .start(candidate) }
        var keys = Set(demand.keys)
        if candidate.kinship.lockStanding != .none {
            keys.formUnion(try transaction.claims(of: [candidate.id]).map(\.token.key))
        }
        guard try transaction.lockKeys(keys.sorted()) else { return .later }
        let test = try LockTest(candidate, demand, context, in: &transaction)
        switch try test.verdict(in: &transaction) {
        case .free(let claims):
            try setClaims(of: candidate, to: claims, in: &transaction)
            var next = candidate
            next.kinship.lockStanding = claims.isEmpty ? .none : .held
            return .start(next)
        case .blocked(let blockers):
            return .kept(try wait(candidate, for: blockers, test, slot: false, context: context, in: &transaction))
        case .full(let blockers):
            return .kept(try wait(candidate, for: blockers, test, slot: true, context: context, in: &transaction))
        }
    }

    /// Gives back what was taken for a start that did not come about.
    static func returnLocks(of candidate: JobRequest, in transaction: inout some RequestTransaction) throws {
        try setClaims(of: candidate, to: [], in: &transaction)
    }

    static func demand(
        of candidate: JobRequest,
        _ context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> LockDemand {
        let definition = candidate.facts.definitionID
        guard context.catalogue.mayLock(definition) else { return LockDemand() }
        let lineage = candidate.lineage
        return LockDemand(
            candidate,
            try transaction.parameters(of: [candidate.id])[candidate.id] ?? [],
            steps: candidate.isJobSet
                ? try transaction.plan(of: lineage.absParentID)?.jobSet(at: lineage.stepID) : nil,
            catalogue: context.catalogue
        )
    }

    /// Lets a request wait in line, or ends it where it would wait for itself.
    private static func wait(
        _ candidate: JobRequest,
        for blockers: LockBlockers,
        _ test: LockTest,
        slot: Bool,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        if try closesCycle(candidate, blockers, test, context, in: &transaction) {
            return try endCycle(candidate, blockers, context: context, in: &transaction)
        }
        try setClaims(of: candidate, to: blockers.awaited, in: &transaction)
        var next = candidate
        next.kinship.lockStanding = .queued
        next.kinship.gate = slot ? .slot : nil
        var changes: [RequestChange]
        if slot, candidate.state == .ready {
            changes = [RequestChange(try save(Decision(next), over: candidate, in: &transaction))]
        } else {
            let event: RequestEvent = slot ? .dueWithoutSlot : .locksNotFree
            guard case .changed(let decision) = decide(event, next, context, transaction.now) else { return [] }
            changes = try write(decision, over: candidate, context: context, in: &transaction)
        }
        changes += try breakCycles(through: blockers.requests, context: context, in: &transaction)
        return changes
    }

    /// Replaces the claims of a request; who waits behind it for what it gives up is tested anew.
    static func setClaims(
        of request: JobRequest,
        to claims: [LockClaim],
        in transaction: inout some RequestTransaction
    ) throws {
        if request.kinship.lockStanding != .none {
            let before = Set(try transaction.claims(of: [request.id]).map(\.token.key))
            transaction.freedKeys.formUnion(before.subtracting(claims.map(\.token.key)))
        }
        try transaction.setClaims(of: request.id, to: claims)
    }

    // MARK: - With every change

    /// Frees what a request may not have in its next state.
    static func settleLocks(
        _ before: JobRequest,
        _ after: inout JobRequest,
        in transaction: inout some RequestTransaction
    ) throws {
        let mayKeep =
            switch after.kinship.lockStanding {
            case .none: before.kinship.lockStanding == .none
            case .queued: after.state == .blocked || after.state == .ready
            case .held: after.mayHoldLocks
            }
        guard !mayKeep else {
            if after.kinship.lockStanding == .queued, before.rank != after.rank {
                try moveInLine(after, in: &transaction)
            }
            return
        }
        transaction.freedKeys.formUnion(try transaction.claims(of: [after.id]).map(\.token.key))
        try transaction.setClaims(of: after.id, to: [])
        after.kinship.lockStanding = .none
        if after.kinship.gate == .slot { after.kinship.gate = nil }
    }

    private static func moveInLine(_ request: JobRequest, in transaction: inout some RequestTransaction) throws {
        let claims = try transaction.claims(of: [request.id])
        transaction.freedKeys.formUnion(claims.map(\.token.key))
        try transaction.setClaims(
            of: request.id,
            to: claims.map { LockClaim($0.token, of: request, $0.kind, isInner: $0.isInner) }
        )
    }

    /// Tests those anew that wait for what this transaction has freed, until nothing more is freed.
    static func retestWaiters(
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        while let key = transaction.freedKeys.min() {
            transaction.freedKeys.remove(key)
            if key.countsSlots {
                changes += try openSlots(of: key, context: context, in: &transaction)
            } else {
                changes += try retest(key, isInner: true, context: context, in: &transaction)
                changes += try retest(key, isInner: false, context: context, in: &transaction)
            }
        }
        return changes
    }

    /// In rank order; behind the first one that stays blocked at this key all others do, too: who is of its entity
    /// conflicts with what blocks it, who is of another conflicts with it. Only who could not start anyway keeps no
    /// other back; behind very many of those the next sweep goes on.
    private static func retest(
        _ key: LockKey,
        isInner: Bool,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        var last: Rank?
        var tested: Set<RequestID> = []
        var idle = 0
        while true {
            let page = try transaction.queue(of: key, isInner: isInner, after: last, limit: Limits.lockQueuePage)
            for claim in page where tested.insert(claim.request).inserted {
                guard let request = try transaction.request(claim.request) else { continue }
                let mayStart = context.mayStart(request, at: transaction.now)
                if !mayStart { idle += 1 }
                guard idle <= Limits.lockLineRead else { return changes }
                guard request.state == .blocked else { continue }
                let outcome = try retest(request, context: context, in: &transaction)
                changes += outcome.changes
                if !isInner, mayStart, outcome.blockedAt.contains(key) { return changes }
            }
            guard page.count == Limits.lockQueuePage, let rank = page.last?.rank else { return changes }
            last = rank
        }
    }

    /// Tests a BLOCKED request anew.
    ///
    /// - Returns: what that changed, and the keys at which somebody is still in the way.
    static func retest(
        _ request: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> (changes: [RequestChange], blockedAt: Set<LockKey>) {
        let test = try LockTest(waiting: request, context, in: &transaction)
        switch try test.verdict(in: &transaction) {
        case .free, .full:
            guard case .changed(let decision) = decide(.locksFree, request, context, transaction.now) else {
                return ([], [])
            }
            return (try write(decision, over: request, context: context, in: &transaction), [])
        case .blocked(let blockers):
            guard try closesCycle(request, blockers, test, context, in: &transaction) else {
                let changes = try breakCycles(through: blockers.requests, context: context, in: &transaction)
                return (changes, blockers.keys)
            }
            return (try endCycle(request, blockers, context: context, in: &transaction), [])
        }
    }

    /// Lets as many of those that wait for a slot become due as there are slots, the best first; who could not start
    /// takes none from another.
    private static func openSlots(
        of key: LockKey,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let limit = context.slotLimit(key.object)
        let free = limit > 0 ? max(0, limit - (try transaction.holderCount(of: key))) : Limits.lockQueuePage
        var changes: [RequestChange] = []
        for (claim, _) in try context.line(of: key, startable: free, in: &transaction) {
            guard let request = try transaction.request(claim.request), request.kinship.gate == .slot else { continue }
            var decision = Decision(request)
            decision.request.kinship.gate = nil
            changes.append(RequestChange(try save(decision, over: request, in: &transaction)))
        }
        return changes
    }
}

extension DecisionContext {
    /// How many requests of a definition may run at the same time; 0 = any number.
    func slotLimit(_ definition: MetadataObjectID) -> Int {
        catalogue.resolvedDefinition(definition)?.maxConcurrent ?? 0
    }

    /// Whether an active work assignment, or the default one, would take the request now.
    func mayStart(_ request: JobRequest, at now: Timestamp) -> Bool {
        work.admission(at: now)?.admits(SpecializationFacts(request.facts)) ?? true
    }

    /// Those of waiting requests that may start now: whoever may not keeps nobody back.
    func startable(
        _ claims: [LockClaim],
        in transaction: inout some RequestTransaction
    ) throws -> [LockClaim] {
        guard !claims.isEmpty, !work.model.isTrivial else { return claims }
        let now = transaction.now
        let unknown = Set(claims.map(\.request)).subtracting(transaction.idleWaiters)
        guard !unknown.isEmpty else { return [] }
        let waiting = try transaction.glance(at: unknown.sorted())
        let startable = Set(waiting.filter { mayStart($0, at: now) }.map(\.id))
        transaction.idleWaiters.formUnion(unknown.subtracting(startable))
        return claims.filter { startable.contains($0.request) }
    }

    /// Reads the line of a key, best rank first, as far as it takes to find some that may start.
    ///
    /// - Parameters:
    ///   - key: of slots.
    ///   - rank: only better ones; nil = all.
    ///   - most: so many that may start.
    ///   - transaction: open write transaction.
    /// - Returns: who waits, and whether it may start: up to the last of them that is wanted, or to
    ///   `Limits.lockLineRead`.
    /// - Throws: the store's errors.
    func line(
        of key: LockKey,
        before rank: Rank? = nil,
        startable most: Int,
        in transaction: inout some RequestTransaction
    ) throws -> [(claim: LockClaim, mayStart: Bool)] {
        var line: [(claim: LockClaim, mayStart: Bool)] = []
        var left = most
        while left > 0, line.count < Limits.lockLineRead {
            let limit = work.model.isTrivial ? left : Limits.lockQueuePage
            let page = try transaction.queue(of: key, isInner: false, after: line.last?.claim.rank, limit: limit)
            let better = page.filter { claim in rank.map { claim.rank < $0 } ?? true }
            let able = Set(try startable(better, in: &transaction).map(\.request))
            for claim in better where left > 0 {
                let mayStart = able.contains(claim.request)
                line.append((claim, mayStart))
                if mayStart { left -= 1 }
            }
            guard better.count == limit else { break }
        }
        return line
    }
}
