/// Requests that would wait for each other for ever, and how that ends (runtime §7.1).
extension CommandInterpreter {
    /// Only who is below a holder can close one: whoever has nothing is waited for by nobody.
    static func closesCycle(
        _ request: JobRequest,
        _ blockers: LockBlockers,
        _ test: LockTest,
        _ context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> Bool {
        guard test.isBelowHolder, !blockers.mayBeMore else { return false }
        var graph = WaitGraph(context)
        return try graph.isClosed(request, blockers.requests, in: &transaction)
    }

    static func endCycle(
        _ request: JobRequest,
        _ blockers: LockBlockers,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let others = blockers.requests.prefix(10).map(\.description).joined(separator: ", ")
        let text = "\(request.id) waits for \(others), which waits for it"
        guard case .changed(let decision) = decide(.lockCycle(text: text), request, context, transaction.now) else {
            return []
        }
        return try write(decision, over: request, context: context, in: &transaction)
    }

    /// A request that begins to wait, or goes on waiting for fewer than before, may close a cycle of others.
    ///
    /// All who wait below those in its way are tested, then those below what is in their way, and so on: whichever
    /// member of a cycle is met first, the way leads to all. Only who waits below a holder is in one, so that the look
    /// ends at once where none does, as nearly always.
    static func breakCycles(
        through blockers: [RequestID],
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        var met = Set(blockers)
        var next = blockers
        var isFirst = true
        while !next.isEmpty, met.count < Limits.waitGraphNodes {
            var waiting: [JobRequest] = []
            for blocker in try transaction.glance(at: next) {
                // What the first ones wait for themselves was looked at when they began to.
                if blocker.waitsForLocks, !isFirst { waiting.append(blocker) }
                guard blocker.kinship.liveChildren > 0 else { continue }
                waiting += try transaction.glance(belowParent: blocker.id, limit: Limits.lockConflictsRead)
                    .filter(\.waitsForLocks)
            }
            next = []
            isFirst = false
            for waiter in waiting {
                let test = try LockTest(waiting: waiter, context, in: &transaction)
                guard let inTheWay = try test.verdict(in: &transaction).blockers else { continue }
                if try closesCycle(waiter, inTheWay, test, context, in: &transaction),
                    let current = try transaction.request(waiter.id), current.waitsForLocks
                {
                    changes += try endCycle(current, inTheWay, context: context, in: &transaction)
                } else {
                    next += inTheWay.requests.filter { met.insert($0).inserted }
                }
            }
        }
        return changes
    }
}
