/// Follows who waits for whom, to find requests that would wait for themselves (runtime §7.1, lock cycle).
///
/// Looks at other trees without locking them: it runs where a request is about to be BLOCKED, which is the last step
/// of every cycle.
struct WaitGraph {
    private let context: DecisionContext
    /// The request that asks, and all above it: they cannot end before it.
    private var own: Set<RequestID> = []
    /// What was found out; false while it is being found out.
    private var known: [RequestID: Bool] = [:]

    init(_ context: DecisionContext) { self.context = context }

    /// Looks for a way out of what a request waits for.
    ///
    /// - Parameters:
    ///   - request: that waits.
    ///   - blockers: who stands in its way, at least one.
    ///   - transaction: open write transaction.
    /// - Returns: whether it waits for nothing but what waits for itself.
    /// - Throws: the store's errors.
    mutating func isClosed(
        _ request: JobRequest,
        _ blockers: [RequestID],
        in transaction: inout some RequestTransaction
    ) throws -> Bool {
        own = [request.id]
        var next = request.lineage.parentID
        while let id = next, own.insert(id).inserted { next = try transaction.glance(at: [id]).first?.lineage.parentID }
        known = [:]
        for blocker in blockers where try !returns(blocker, in: &transaction) { return false }
        return !blockers.isEmpty
    }

    /// Whether the end of a request waits for the one that asks.
    private mutating func returns(_ id: RequestID, in transaction: inout some RequestTransaction) throws -> Bool {
        if own.contains(id) { return true }
        if let answer = known[id] { return answer }
        guard known.count < Limits.waitGraphNodes, let request = try transaction.glance(at: [id]).first else {
            return false
        }
        known[id] = false
        let answer = try waitsForOwn(request, in: &transaction)
        known[id] = answer
        return answer
    }

    private mutating func waitsForOwn(
        _ request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> Bool {
        if request.waitsForLocks {
            var test = try LockTest(waiting: request, context, in: &transaction)
            test.findsAll = true
            guard let blockers = try test.verdict(in: &transaction).blockers, !blockers.mayBeMore else { return false }
            for blocker in blockers.requests where try !returns(blocker, in: &transaction) { return false }
            return !blockers.requests.isEmpty
        }
        guard request.kinship.liveChildren > 0 else { return false }
        // It ends when all of them have.
        for child in try transaction.glance(belowParent: request.id, limit: Limits.waitGraphNodes)
        where try returns(child.id, in: &transaction) {
            return true
        }
        return false
    }
}
