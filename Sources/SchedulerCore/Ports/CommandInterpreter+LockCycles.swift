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

    /// A request that begins to wait may close a cycle of others, whose members wait in line behind it.
    static func breakCycles(
        through blockers: [RequestID],
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        for blocker in try transaction.glance(at: blockers) where blocker.kinship.liveChildren > 0 {
            for child in try transaction.glance(belowParent: blocker.id, limit: Limits.lockConflictsRead)
            where child.waitsForLocks {
                let test = try LockTest(waiting: child, context, in: &transaction)
                guard let inTheWay = try test.verdict(in: &transaction).blockers,
                    try closesCycle(child, inTheWay, test, context, in: &transaction),
                    let current = try transaction.request(child.id), current.waitsForLocks
                else { continue }
                changes += try endCycle(current, inTheWay, context: context, in: &transaction)
            }
        }
        return changes
    }
}
