/// What a command asks beyond a change of state.
enum RequestChangeOrder {
    case patch(RequestPatch)
    case refresh(RequestRefresh)
    case control(ScheduleControl)
    case priority(Int)
    case callback(CallbackSubscription?)

    /// Nil for a command that the machine alone decides.
    init?(_ event: RequestEvent) {
        switch event {
        case .patch(let patch): self = .patch(patch)
        case .refresh(let refresh): self = .refresh(refresh)
        case .controlSchedule(let control): self = .control(control)
        case .changePriority(let priority): self = .priority(priority)
        case .subscribe(let callback): self = .callback(callback)
        case .unsubscribe: self = .callback(nil)
        default: return nil
        }
    }
}

/// Changes of the schedule of a recurring parent (runtime §3.3, §5.3): the machine has found them legal, what becomes
/// of the instances takes plan and cursor.
extension CommandInterpreter {
    static func perform(
        _ change: RequestChangeOrder,
        _ decision: Decision,
        _ command: RequestCommand,
        on request: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> CommandResult {
        var decision = decision
        let changes: [RequestChange]
        switch change {
        case .patch(let patch):
            let parameters: ParameterChange?
            let beginning: ScheduleBeginning?
            do {
                parameters = try parameterChange(patch, of: request, in: &transaction)
                beginning = try begin(patch, of: request, &decision.request, in: &transaction)
            } catch let error as SchedulerError where error.code != 1051 {
                return CommandResult(.refused(error), request: request)
            }
            var others: [RequestChange] = []
            if let parameters { others += try write(parameters, &decision, in: &transaction) }
            if let beginning {
                others += try replace(beginning, over: request, &decision, context: context, in: &transaction)
            }
            if let callback = patch.callback { others += try setCallback(callback, of: request, in: &transaction) }
            changes = others
        case .refresh(let refresh):
            if let error = try obstacle(to: refresh, of: request, in: &transaction) {
                return CommandResult(.refused(error), request: request)
            }
            changes = try write(refresh, &decision, in: &transaction)
        case .control(.skip):
            changes = try skip(request, &decision, context: context, in: &transaction)
        case .control(.runNow):
            changes = [try runNow(&decision.request, context: context, in: &transaction)]
        case .control(.end):
            changes = try end(&decision, context: context, in: &transaction)
        case .priority(let priority):
            changes = try reprioritise(request, to: priority, in: &transaction)
        case .callback(let callback):
            changes = try setCallback(callback, of: request, in: &transaction)
        }
        if request.state == .pendingValidation {
            append(.validation(of: decision.request, in: context.catalogue), to: &decision, context, transaction.now)
        }
        let own = try write(decision, over: request, audit: command.audit, context: context, in: &transaction)
        return try applied(own + changes, to: request, in: &transaction)
    }

    // MARK: - Another schedule

    /// The plan that a parent shall follow, and the first instant of it.
    private struct ScheduleBeginning {
        let plan: RequestPlan
        let instant: Timestamp
    }

    /// Lets the plan of a recurring parent count from now on; nothing is written.
    ///
    /// - Returns: nil where the patch leaves the schedule as it is.
    /// - Throws: ESS-04006 where it has no instant left, ESS-04004; the store's errors.
    private static func begin(
        _ patch: RequestPatch,
        of request: JobRequest,
        _ next: inout JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> ScheduleBeginning? {
        guard request.lineage.type.isRecurringParent, patch.replacesSchedule else { return nil }
        var plan = try transaction.plan(of: request.id) ?? RequestPlan()
        if let new = patch.schedule {
            plan.schedule = new.schedule
            plan.catchUp = new.catchUp
        }
        next.kinship.cursor = transaction.now
        next.kinship.overlap = plan.schedule?.overlap ?? next.kinship.overlap
        next.scheduleDefinition = plan.schedule?.id
        guard let instant = try nextInstant(of: next, plan, now: transaction.now).instant else {
            throw SchedulerError(4006)
        }
        return ScheduleBeginning(plan: plan, instant: instant)
    }

    /// Every instance that never started gives way to the first one of the new plan; the others go on.
    private static func replace(
        _ beginning: ScheduleBeginning,
        over parent: JobRequest,
        _ decision: inout Decision,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        if let passed = try passedUndecided(of: parent, in: &transaction) {
            try transaction.append(passed, to: parent.id)
        }
        let unstarted = try transaction.liveChildren(of: [parent.id]).filter { !$0.kinship.isActiveInstance }
        var changes = try cancel(unstarted, of: &decision.request, context: context, in: &transaction)
        try transaction.replacePlan(of: parent.id, with: beginning.plan)
        let parameters = try transaction.parameters(of: [parent.id])[parent.id] ?? []
        let instance = try makeInstance(at: beginning.instant, of: &decision.request, parameters, in: &transaction)
        changes.append(
            try insert(instance.request, instance.submission, below: parent, context: context, in: &transaction)
        )
        return changes
    }

    /// The instants of the schedule so far that have come after the last one decided: nobody will make them now (I32).
    private static func passedUndecided(
        of parent: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> SkipRecord? {
        guard var plan = try transaction.plan(of: parent.id) else { return nil }
        plan.catchUp = .none
        // The new schedule begins after the present second, which the old one may still have had.
        let second = Timestamp(wholeSeconds: transaction.now.wholeSeconds + 1)
        guard let skipped = try? nextInstant(of: parent, plan, now: second).skipped else { return nil }
        return SkipRecord(
            first: skipped.first,
            last: skipped.last,
            count: skipped.count,
            isCountExact: skipped.isCountExact,
            reason: .operator
        )
    }

    // MARK: - Other instants

    /// The next instance waits for the following instant; where none follows, the schedule ends with it.
    private static func skip(
        _ parent: JobRequest,
        _ decision: inout Decision,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        let plan = try transaction.plan(of: parent.id)
        var instance: JobRequest?
        if let id = parent.kinship.nextInstance { instance = try transaction.request(id) }
        var dropped = instance?.scheduledTime
        if instance == nil {
            // A held parent may have lost its next instance: the instant that its release would make is dropped.
            let coming = try? nextInstant(of: parent, plan, now: transaction.now)
            try note(coming?.skipped, of: &decision.request, in: &transaction)
            dropped = coming?.instant
            decision.request.kinship.cursor = dropped ?? decision.request.kinship.cursor
        }
        let following = try? nextInstant(of: decision.request, plan, now: transaction.now)
        guard let dropped, let instant = following?.instant else {
            if let dropped, instance == nil {
                try transaction.append(SkipRecord(dropped, reason: .operator), to: parent.id)
            }
            try note(following?.skipped, of: &decision.request, in: &transaction)
            return try end(&decision, context: context, in: &transaction)
        }
        try transaction.append(SkipRecord(dropped, reason: .operator), to: parent.id)
        try note(following?.skipped, of: &decision.request, in: &transaction)
        guard let instance else { return [] }
        decision.request.kinship.cursor = instant
        return [try move(instance, to: instant, of: &decision.request, context: context, in: &transaction)]
    }

    /// Instants that catch-up passes over.
    private static func note(
        _ skipped: SkipRecord?,
        of parent: inout JobRequest,
        in transaction: inout some RequestTransaction
    ) throws {
        guard let skipped else { return }
        try transaction.append(skipped, to: parent.id)
        parent.kinship.cursor = skipped.last
    }

    private static func move(
        _ instance: JobRequest,
        to instant: Timestamp,
        of parent: inout JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> RequestChange {
        var decision = Decision(instance)
        // One that waits for the lock of another is in the way of others as long as it stands in line.
        if instance.state == .blocked { append(.locksFree, to: &decision, context, transaction.now) }
        if decision.request.state == .ready {
            // Only a hold leads from READY back to where a request waits for its time.
            append(.hold, to: &decision, context, transaction.now)
            append(.release, to: &decision, context, transaction.now)
        }
        decision.request.scheduledTime = instant
        if decision.request.kinship.gate == .earlierInstance { decision.request.kinship.gate = nil }
        let after = try save(decision, over: instance, in: &transaction)
        ChildMove(instance, after).count(in: &parent.kinship)
        return RequestChange(after, effects: decision.effects)
    }

    /// One instance more, due at once, for which the schedule stays as it is.
    private static func runNow(
        _ parent: inout JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> RequestChange {
        let parameters = try transaction.parameters(of: [parent.id])[parent.id] ?? []
        let extra = try makeExtraInstance(dueAt: transaction.now, of: &parent, parameters, in: &transaction)
        return try insert(extra.request, extra.submission, below: parent, context: context, in: &transaction)
    }

    /// The next instance is cancelled, no other follows; what else lives goes on.
    private static func end(
        _ decision: inout Decision,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        if let id = decision.request.kinship.nextInstance, let next = try transaction.request(id) {
            changes = try cancel([next], of: &decision.request, context: context, in: &transaction)
        }
        append(.familyChanged(FamilyNews(isExhausted: true)), to: &decision, context, transaction.now)
        return changes
    }

    // MARK: - Instances

    private static func cancel(
        _ instances: [JobRequest],
        of parent: inout JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        var changes: [RequestChange] = []
        for instance in instances {
            guard case .changed(let decision) = decide(.cancel, instance, context, transaction.now) else { continue }
            let after = try save(decision, over: instance, in: &transaction)
            ChildMove(instance, after).count(in: &parent.kinship)
            if parent.kinship.nextInstance == after.id { parent.kinship.nextInstance = nil }
            changes.append(RequestChange(after, effects: decision.effects))
        }
        return changes
    }

    /// Writes a new instance; below a held parent it is held.
    private static func insert(
        _ instance: JobRequest,
        _ submission: Submission,
        below parent: JobRequest,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> RequestChange {
        try transaction.insert(instance, submission)
        guard parent.state == .hold, case .changed(let held) = decide(.hold, instance, context, transaction.now) else {
            return RequestChange(instance)
        }
        return RequestChange(try save(held, over: instance, in: &transaction), effects: held.effects)
    }
}
