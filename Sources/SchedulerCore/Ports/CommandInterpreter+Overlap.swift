/// Instances of one recurring parent that are due while an earlier one lives (runtime §5.3, overlap).
extension CommandInterpreter {
    /// Keeps a due request from its start if an earlier instance of its parent stands in the way.
    ///
    /// - Parameters:
    ///   - candidate: due.
    ///   - sparesEarlier: earlier instances are not cancelled now; the candidate is left as it is until they may be.
    ///   - context: settings and metadata in force.
    ///   - transaction: open write transaction.
    /// - Returns: what that changed; nil where nothing stands in the way.
    /// - Throws: the store's errors.
    static func holdBack(
        _ candidate: JobRequest,
        sparesEarlier: Bool,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange]? {
        // What has expired is nobody's successor any more: it ends at its start.
        guard candidate.lineage.type.isRecurringInstance, !candidate.kinship.isActiveInstance,
            candidate.expiration.map({ $0 > transaction.now }) ?? true,
            let parentID = candidate.lineage.parentID, let parent = try transaction.request(parentID),
            parent.kinship.overlap != .allow, parent.kinship.activeInstances > 0
        else { return nil }
        if parent.kinship.overlap == .skip, parent.kinship.nextInstance == candidate.id, candidate.state == .wait {
            return try moveOn(candidate, below: parent, context: context, in: &transaction)
        }
        if sparesEarlier, parent.kinship.overlap == .cancelPrevious { return [] }
        var decision = Decision(candidate)
        decision.request.kinship.gate = .earlierInstance
        var changes = try write(decision, over: candidate, context: context, in: &transaction)
        if parent.kinship.overlap == .cancelPrevious {
            changes += try cancelEarlier(than: candidate, context: context, in: &transaction)
        }
        return RequestChange.merged(changes)
    }

    private static func cancelEarlier(
        than candidate: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        guard let parentID = candidate.lineage.parentID else { return [] }
        var changes: [RequestChange] = []
        for child in try transaction.liveChildren(of: [parentID]) where child.kinship.isActiveInstance {
            // The end of one may have changed the next.
            guard let current = try transaction.request(child.id) else { continue }
            let command = RequestCommand(child.id, .cancel, audit: .system("cancelPrevious"))
            changes += try perform(command, on: current, context: context, in: &transaction).changes
        }
        return changes
    }

    /// Overlap `skip`: every instant until now is passed over, and the instance waits for the first one after.
    private static func moveOn(
        _ candidate: JobRequest,
        below parent: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let plan = try transaction.plan(of: parent.id)
        let passed = try? skipPassed(candidate, parent, plan, now: transaction.now)
        try transaction.append(passed?.skip ?? SkipRecord(candidate.scheduledTime, reason: .overlap), to: parent.id)
        guard let instant = passed?.instant else {
            // All that has passed is decided: whoever looks for an instance to follow begins behind it.
            if let last = passed?.skip.last, last > candidate.scheduledTime {
                var decided = Decision(parent)
                decided.request.kinship.cursor = last
                _ = try save(decided, over: parent, in: &transaction)
            }
            guard case .changed(let decision) = decide(.overlapped, candidate, context, transaction.now) else {
                return []
            }
            return try write(decision, over: candidate, context: context, in: &transaction)
        }
        var decision = Decision(candidate)
        decision.request.scheduledTime = instant
        var changes = [RequestChange(try save(decision, over: candidate, in: &transaction))]
        var cursor = Decision(parent)
        cursor.request.kinship.cursor = instant
        changes.append(RequestChange(try save(cursor, over: parent, in: &transaction)))
        return changes
    }

    private static func skipPassed(
        _ candidate: JobRequest,
        _ parent: JobRequest,
        _ plan: RequestPlan?,
        now: Timestamp
    ) throws(SchedulerError) -> (skip: SkipRecord, instant: Timestamp?) {
        var from = parent
        from.kinship.cursor = candidate.scheduledTime
        var passing = plan
        passing?.catchUp = .none
        let next = try nextInstant(of: from, passing, now: now)
        let one = SkipRecord(candidate.scheduledTime, reason: .overlap)
        guard let more = next.skipped else { return (one, next.instant) }
        let skip = SkipRecord(
            first: one.first,
            last: more.last,
            count: more.count + 1,
            isCountExact: more.isCountExact,
            reason: .overlap
        )
        return (skip, next.instant)
    }
}
