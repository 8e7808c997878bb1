/// Whether a request may have what it needs (runtime §7.1, steps 1 and 2).
enum LockVerdict {
    /// What it has from its start on.
    case free([LockClaim])
    case blocked(LockBlockers)
    /// All slots are taken, or free for others; who has them, and who is to have them.
    case full(LockBlockers)

    /// Who stands in the way; nil where nobody does.
    var blockers: LockBlockers? {
        switch self {
        case .free: nil
        case .blocked(let blockers), .full(let blockers): blockers
        }
    }
}

/// Who stands in the way, and what the request waits for meanwhile.
struct LockBlockers {
    /// Best rank first, each once.
    let requests: [RequestID]
    /// Keys at which somebody stands in the way.
    let keys: Set<LockKey>
    /// What stands in the way, best rank first.
    let claims: [LockClaim]
    let awaited: [LockClaim]
    /// Whether there may be others in the way than those listed.
    let mayBeMore: Bool

    /// Those that have what is waited for.
    var holders: [RequestID] {
        let holding = Set(claims.filter { !$0.isWaiting }.map(\.request))
        return requests.filter(holding.contains)
    }
}

/// Tests the tokens of one request against the claims of others.
struct LockTest {
    let request: JobRequest
    let demand: LockDemand
    private let context: DecisionContext
    /// Requests above it, whose tokens are no hindrance.
    private let ancestors: Set<RequestID>
    private let keysAbove: Set<LockKey>
    /// Whether all that are in the way are wanted; else it stops at one that waits ahead.
    var findsAll = false
    /// Whether those count, too, that wait ahead and could not start now.
    var countsIdle = false

    init(
        _ request: JobRequest,
        _ demand: LockDemand,
        _ context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws {
        self.request = request
        self.demand = demand
        self.context = context
        let above = try Self.ancestors(of: request, in: &transaction)
        ancestors = Set(above)
        let claims = above.isEmpty ? [] : try transaction.claims(of: above)
        keysAbove = Set(claims.filter { !$0.isWaiting }.map(\.token.key))
    }

    /// A request that waits, with what it waits for.
    init(
        waiting request: JobRequest,
        _ context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws {
        let claims = try transaction.claims(of: [request.id]).filter(\.isWaiting)
        var demand = LockDemand()
        demand.tokens = claims.map(\.token).filter { !$0.key.countsSlots }
        if let counted = claims.first(where: { $0.token.key.countsSlots })?.token.key.object {
            let limit = context.slotLimit(counted)
            if limit > 0 { demand.slot = .init(counted, limit: limit) }
        }
        try self.init(request, demand, context, in: &transaction)
    }

    /// Whether an ancestor holds anything: only then can a cycle close here.
    var isBelowHolder: Bool { !keysAbove.isEmpty }

    /// What the request waits for while its tokens are not free.
    var awaited: [LockClaim] { demand.awaited(by: request, above: keysAbove) }

    func verdict(in transaction: inout some RequestTransaction) throws -> LockVerdict {
        var claims: [LockClaim] = []
        var mayBeMore = false
        for token in demand.tokens + demand.reservations {
            let found = try conflicts(with: token, in: &transaction)
            claims += found.claims
            mayBeMore = mayBeMore || found.mayBeMore
        }
        if !claims.isEmpty { return .blocked(Self.blockers(claims, awaited, mayBeMore: mayBeMore)) }
        guard let slot = demand.slot, !keysAbove.contains(slot.key) else {
            return .free(demand.held(by: request, sharesSlot: demand.slot != nil))
        }
        let taken = try transaction.holderCount(of: slot.key)
        let free = max(0, slot.limit - taken)
        let ahead = free > 0 ? try waiting(aheadAt: slot.key, upTo: free, in: &transaction) : 0
        guard ahead >= free else { return .free(demand.held(by: request, sharesSlot: false)) }
        let any = LockToken(slot.key, entity: slot.key.object, isSelfIncompatible: true)
        let limit = Limits.lockConflictsRead
        let holders = try transaction.conflicts(with: any, of: request.id, waitingBefore: nil, limit: limit)
        // A slot that is free is for those ahead.
        let waiting =
            free == 0
            ? [] : try transaction.conflicts(with: any, of: request.id, waitingBefore: request.rank, limit: limit)
        return .full(
            Self.blockers(
                holders + (try startable(waiting, in: &transaction)),
                [LockClaim(slot.token, of: request, .waiting)],
                mayBeMore: max(holders.count, waiting.count) == limit
            )
        )
    }

    private func conflicts(
        with token: LockToken,
        in transaction: inout some RequestTransaction
    ) throws -> (claims: [LockClaim], mayBeMore: Bool) {
        let limit = Limits.lockConflictsRead
        let all = try transaction.conflicts(with: token, of: request.id, waitingBefore: nil, limit: limit)
        let held = all.filter { !ancestors.contains($0.request) }
        // Who is below a holder waits for relatives alone: nobody else gets the key before the holder ends.
        guard !keysAbove.contains(token.key) else { return (held, all.count == limit) }
        let ahead = try transaction.conflicts(
            with: token,
            of: request.id,
            waitingBefore: request.rank,
            limit: isBelowHolder || findsAll || looksAtWork ? limit : 1
        )
        let isCut = max(all.count, ahead.count) == limit
        var able = try startable(ahead, in: &transaction)
        // A holder is in the way of them all.
        if able.isEmpty, held.isEmpty, ahead.count == limit {
            able = try startable(behind: limit, with: token, in: &transaction)
        }
        return (held + able, isCut)
    }

    /// Looks on behind those that could not start, as far as a line is looked at: nobody overtakes the first one who
    /// could. Who could not start himself overtakes nobody, and is tested again when he can.
    private func startable(
        behind count: Int,
        with token: LockToken,
        in transaction: inout some RequestTransaction
    ) throws -> [LockClaim] {
        guard looksAtWork, context.mayStart(request, at: transaction.now) else { return [] }
        let line = try transaction.conflicts(
            with: token,
            of: request.id,
            waitingBefore: request.rank,
            limit: Limits.lockLineRead
        )
        var rest = line.dropFirst(count)
        while !rest.isEmpty {
            let able = try context.startable(Array(rest.prefix(Limits.lockConflictsRead)), in: &transaction)
            guard able.isEmpty else { return able }
            rest = rest.dropFirst(Limits.lockConflictsRead)
        }
        return []
    }

    /// How many have a better place in line, and could start; where that is looked at, no more than `most`.
    private func waiting(
        aheadAt key: LockKey,
        upTo most: Int,
        in transaction: inout some RequestTransaction
    ) throws -> Int {
        guard looksAtWork else { return try transaction.queueCount(of: key, before: request.rank) }
        return try context.line(of: key, before: request.rank, startable: most, in: &transaction)
            .count(where: \.mayStart)
    }

    private func startable(
        _ claims: [LockClaim],
        in transaction: inout some RequestTransaction
    ) throws -> [LockClaim] {
        countsIdle ? claims : try context.startable(claims, in: &transaction)
    }

    private var looksAtWork: Bool { !countsIdle && !context.work.model.isTrivial }

    private static func blockers(
        _ claims: [LockClaim],
        _ awaited: [LockClaim],
        mayBeMore: Bool
    ) -> LockBlockers {
        var requests: [RequestID] = []
        let ranked = claims.sorted { $0.rank < $1.rank }
        for claim in ranked where !requests.contains(claim.request) { requests.append(claim.request) }
        return LockBlockers(
            requests: requests,
            keys: Set(claims.map(\.token.key)),
            claims: ranked,
            awaited: awaited,
            mayBeMore: mayBeMore
        )
    }

    private static func ancestors(
        of request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestID] {
        var found: [RequestID] = []
        var next = request.lineage.parentID
        while let id = next, found.count <= Limits.treeDepth {
            found.append(id)
            next = try transaction.glance(at: [id]).first?.lineage.parentID
        }
        return found
    }
}
