/// Waiting requests are tested anew when what decides about them changed without a change of theirs: metadata, or two
/// transactions on different nodes that could not see each other (runtime §7.1).
extension CommandInterpreter {
    /// Tests the requests that wait for tokens or slots, in order of their numbers.
    ///
    /// - Parameters:
    ///   - id: only greater numbers; nil = from the first.
    ///   - limit: at most so many.
    ///   - context: settings and metadata in force.
    ///   - transaction: open write transaction.
    /// - Returns: what that changed, and where to go on.
    /// - Throws: the store's errors.
    package static func sweepLocks(
        after id: RequestID?,
        limit: Int,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> LockSweep {
        let ids = try transaction.waitingRequests(after: id, limit: limit)
        var sweep = LockSweep(
            last: ids.count == limit ? ids.last : nil,
            untilShiftChange: context.work.admission(at: transaction.now)?.nextChange.map { $0 - transaction.now }
        )
        for id in ids {
            // Whoever has one of its keys tests it, or frees something that leads to a test.
            let keys = Set(try transaction.claims(of: [id]).map(\.token.key))
            guard try transaction.lockKeys(keys.sorted()), let request = try transaction.request(id),
                request.waitsForLocks
            else { continue }
            sweep.changes += try testAnew(request, context: context, in: &transaction)
            sweep.changes += try retestWaiters(context: context, in: &transaction)
        }
        return sweep
    }

    private static func testAnew(
        _ request: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let demand = try demand(of: request, context, in: &transaction)
        guard try transaction.lockKeys(demand.keys) else { return [] }
        if request.kinship.gate == .slot {
            let test = try LockTest(waiting: request, context, in: &transaction)
            if let blockers = try test.verdict(in: &transaction).blockers {
                guard try closesCycle(request, blockers, test, context, in: &transaction) else { return [] }
                return try endCycle(request, blockers, context: context, in: &transaction)
            }
            var decision = Decision(request)
            decision.request.kinship.gate = nil
            return [RequestChange(try save(decision, over: request, in: &transaction))]
        }
        let test = try LockTest(request, demand, context, in: &transaction)
        let awaited = test.awaited
        if Set(awaited.map(\.token)) != Set(try transaction.claims(of: [request.id]).map(\.token)) {
            try setClaims(of: request, to: awaited, in: &transaction)
        }
        return try retest(request, context: context, in: &transaction).changes
    }
}

/// What a sweep over waiting requests has done.
package struct LockSweep: Hashable, Sendable {
    package var changes: [RequestChange] = []
    /// Number after which the next sweep goes on; nil where this one has come to the end.
    package var last: RequestID?
    /// How long it takes until a shift may begin or end; nil = none does before the metadata change.
    package var untilShiftChange: Duration?

    init(last: RequestID?, untilShiftChange: Duration?) {
        self.last = last
        self.untilShiftChange = untilShiftChange
    }
}
