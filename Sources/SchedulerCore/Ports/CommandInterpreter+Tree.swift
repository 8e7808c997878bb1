/// What a change owes to the family of the request, in the same transaction (runtime §2.2, §3.1, §3.3, §6).
extension CommandInterpreter {
    /// Writes a decision with all that follows for those below and above.
    ///
    /// - Returns: every request that was changed or made, the decided one first.
    static func write(
        _ decision: Decision,
        over before: JobRequest,
        audit: AuditEntry? = nil,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var decision = decision
        let below = try reachDown(before, &decision, context: context, in: &transaction)
        let after = try save(decision, over: before, in: &transaction)
        try append(audit, for: after, in: &transaction)
        var changes = [RequestChange(after, effects: decision.effects)] + below
        changes += try rollUp(before, after, context: context, in: &transaction)
        return changes
    }

    // MARK: - Downwards

    /// Makes, changes and ends children as the decision demands, and tells its value of them.
    private static func reachDown(
        _ before: JobRequest,
        _ decision: inout Decision,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let after = decision.request
        if after.phase == .jobSetExecuteStepsWait, before.phase != .jobSetExecuteStepsWait {
            return try openSet(&decision, context: context, in: &transaction)
        }
        if after.deletedTime != nil, before.deletedTime == nil {
            if after.kinship.newestChild != nil { try transaction.deleteDescendants(of: after.id) }
            return []
        }
        if after.lineage.type.isRecurringParent {
            return try reachInstances(before, &decision, context: context, in: &transaction)
        }
        guard after.kinship.liveChildren > 0 else { return [] }
        if after.state == .cancelling, before.state != .cancelling {
            return try cancelChildren(of: &decision.request, context: context, in: &transaction)
        }
        guard !after.isJobSet else { return [] }
        if after.phase == .executePausedWaitForSubreq, before.phase != .executePausedWaitForSubreq {
            return try openRound(of: after, in: &transaction)
        }
        let runsOn = after.state == .running || after.state == .paused || after.state == .cancelling
        return runsOn ? [] : try endUnstarted(below: &decision.request, context: context, in: &transaction)
    }

    /// A set that starts makes its first steps; one without any has succeeded.
    private static func openSet(
        _ decision: inout Decision,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let plan = try transaction.plan(of: decision.request.lineage.absParentID)
        let steps = plan?.jobSet(at: decision.request.lineage.stepID)?.opening ?? []
        guard steps.isEmpty else { return try makeSteps(steps, of: &decision.request, in: &transaction) }
        append(.familyChanged(FamilyNews()), to: &decision, context, transaction.now)
        return []
    }

    /// Lets a second event follow the first within one decision.
    static func append(
        _ event: RequestEvent,
        to decision: inout Decision,
        _ context: DecisionContext,
        _ now: Timestamp
    ) {
        guard case .changed(let next) = decide(event, decision.request, context, now) else { return }
        decision.request = next.request
        decision.steps += next.steps
        decision.effects += next.effects
    }

    /// A round of sub-requests is due at once when its parent has paused for it.
    private static func openRound(
        of parent: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        for child in try transaction.liveChildren(of: [parent.id]) where child.kinship.gate == .parentPause {
            var decision = Decision(child)
            decision.request.kinship.gate = nil
            decision.request.scheduledTime = max(transaction.now, child.scheduledTime)
            changes.append(RequestChange(try save(decision, over: child, in: &transaction)))
        }
        return changes
    }

    /// Sub-requests whose parent's attempt ended without a pause for them never start.
    private static func endUnstarted(
        below parent: inout JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        for child in try transaction.liveChildren(of: [parent.id]) where child.kinship.gate == .parentPause {
            guard case .changed(let decision) = decide(.parentEndedUnpaused, child, context, transaction.now) else {
                continue
            }
            parent.kinship.liveChildren -= 1
            let after = try save(decision, over: child, in: &transaction)
            changes.append(RequestChange(after, effects: decision.effects))
        }
        return changes
    }

    /// Hold and release reach the instances; a released parent without a next instance makes one.
    private static func reachInstances(
        _ before: JobRequest,
        _ decision: inout Decision,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let after = decision.request
        var changes: [RequestChange] = []
        switch (before.state, after.state) {
        case (.wait, .hold), (.hold, .wait):
            let event: RequestEvent = after.state == .hold ? .hold : .release
            guard after.kinship.liveChildren > 0 else { break }
            for child in try transaction.liveChildren(of: [after.id]) {
                guard case .changed(let decision) = decide(event, child, context, transaction.now) else { continue }
                let held = try save(decision, over: child, in: &transaction)
                changes.append(RequestChange(held, effects: decision.effects))
            }
        default: break
        }
        if before.state == .hold, after.state == .wait, after.kinship.nextInstance == nil {
            if let made = try makeNextInstance(of: &decision.request, in: &transaction) {
                changes.append(made)
            } else {
                append(.familyChanged(FamilyNews(isExhausted: true)), to: &decision, context, transaction.now)
            }
        }
        return changes
    }

    // MARK: - Upwards

    /// Tells the parent what the change of a child means for it.
    private static func rollUp(
        _ before: JobRequest,
        _ after: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let move = ChildMove(before, after)
        guard let parentID = after.lineage.parentID, move.concernsParent,
            let parent = try transaction.request(parentID)
        else { return [] }
        var next = parent
        move.count(in: &next.kinship)
        var changes: [RequestChange] = []
        var isExhausted = false
        var selectState: Bool?
        if move.leavesPending, parent.kinship.nextInstance == after.id {
            next.kinship.nextInstance = nil
            if after.cause == .metadataNotFound || after.cause == .validationError {
                // Each that follows would end like it.
                isExhausted = true
            } else if parent.state == .wait {
                let made = try makeNextInstance(of: &next, in: &transaction)
                isExhausted = made == nil
                changes += made.map { [$0] } ?? []
            }
        }
        if move.ends, parent.isJobSet, !parent.lineage.type.isRecurringParent, let path = after.lineage.stepID {
            let plan = try transaction.plan(of: after.lineage.absParentID)
            let step = plan?.step(at: path)
            selectState = step?.selectState
            if parent.state == .running, let step,
                let successor = plan?.jobSet(at: parent.lineage.stepID)?.successor(of: step.name, in: after.state)
            {
                changes += try makeSteps([successor], of: &next, in: &transaction)
            }
        }
        let end = move.ends ? ChildEnd(after, selectState: selectState) : nil
        let news = RequestEvent.familyChanged(FamilyNews(ended: end, isExhausted: isExhausted))
        guard case .changed(let decision) = decide(news, next, context, transaction.now) else { return changes }
        changes += try write(decision, over: parent, context: context, in: &transaction)
        if move.ends, next.kinship.gatedInstances > 0, next.kinship.activeInstances == 0 {
            changes += try openGates(below: parentID, in: &transaction)
        }
        return changes
    }

    /// Whoever waited for an earlier instance is looked at anew by the next dispatch pass.
    private static func openGates(
        below parentID: RequestID,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        for child in try transaction.liveChildren(of: [parentID]) where child.kinship.gate == .earlierInstance {
            var decision = Decision(child)
            decision.request.kinship.gate = nil
            changes.append(RequestChange(try save(decision, over: child, in: &transaction)))
        }
        guard !changes.isEmpty, let parent = try transaction.request(parentID) else { return changes }
        var decision = Decision(parent)
        decision.request.kinship.gatedInstances -= changes.count
        changes.append(RequestChange(try save(decision, over: parent, in: &transaction)))
        return changes
    }

    /// Makes the instance that follows; nil where the schedule has no further instant.
    ///
    /// A schedule that takes more work than a look-up may take has none, either: its parent must be able to end.
    static func makeNextInstance(
        of parent: inout JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> RequestChange? {
        guard let plan = try transaction.plan(of: parent.id),
            let next = try? nextInstant(of: parent, plan, now: transaction.now)
        else { return nil }
        if let skipped = next.skipped {
            try transaction.append(skipped, to: parent.id)
            parent.kinship.cursor = skipped.last
        }
        guard let instant = next.instant else { return nil }
        let parameters = try transaction.parameters(of: [parent.id])[parent.id] ?? []
        let instance = try makeInstance(at: instant, of: &parent, parameters, in: &transaction)
        try transaction.insert(instance.request, instance.submission)
        return RequestChange(instance.request)
    }

    static func decide(
        _ event: RequestEvent,
        _ request: JobRequest,
        _ context: DecisionContext,
        _ now: Timestamp
    ) -> Verdict {
        RequestMachine.decide(event, for: request, now: now, settings: context.settings)
    }
}

/// What the change of a child means for its parent.
struct ChildMove {
    let ends: Bool
    /// An instance has started, or one that had has ended.
    let activeInstances: Int
    let gatedInstances: Int
    /// It will not be the next instance any more.
    let leavesPending: Bool

    init(_ before: JobRequest, _ after: JobRequest) {
        ends = !before.state.isTerminal && after.state.isTerminal
        func isActive(_ request: JobRequest) -> Bool {
            request.kinship.isActiveInstance && !request.state.isTerminal
        }
        func isGated(_ request: JobRequest) -> Bool {
            request.kinship.gate == .earlierInstance && !request.state.isTerminal
        }
        activeInstances = (isActive(after) ? 1 : 0) - (isActive(before) ? 1 : 0)
        gatedInstances = (isGated(after) ? 1 : 0) - (isGated(before) ? 1 : 0)
        leavesPending =
            after.lineage.type.isRecurringInstance && before.state.isPending && !after.state.isPending
    }

    var concernsParent: Bool { ends || leavesPending || activeInstances != 0 || gatedInstances != 0 }

    func count(in kinship: inout Kinship) {
        if ends { kinship.liveChildren -= 1 }
        kinship.activeInstances += activeInstances
        kinship.gatedInstances += gatedInstances
    }
}
