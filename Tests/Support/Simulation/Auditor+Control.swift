import SchedulerCore

/// What people do to schedules (I43): who may, and what has to come of it.
extension Auditor {
    /// Learns of changes of schedules before their instances are looked at.
    static func learnControl(_ commit: StoreCommit, _ content: MemoryContent, _ state: inout State) {
        guard case .commands(let commands, let results) = commit else { return }
        for (command, result) in zip(commands, results) {
            guard let before = state.content.requests[command.requestID], before.deletedTime == nil else { continue }
            let refusal: ErrorCode?
            switch command.event {
            case .patch(let patch): refusal = Self.refusal(of: patch, before, state, content.lastTime)
            case .controlSchedule: refusal = Self.refusal(of: before)
            default: continue
            }
            let actual: ErrorCode? = if case .refused(let error) = result.outcome { error.code } else { nil }
            let place = "\(command.event) of \(before.id) in \(before.state.rawValue)"
            state.expect(
                actual == refusal && (refusal != nil || result.outcome == .applied),
                "I43 \(place) is told \(result.outcome), not \(refusal.map { "\($0)" } ?? "200")"
            )
            guard refusal == nil else {
                if refusal == 4006 { state.count(.replacementRefused) }
                continue
            }
            switch command.event {
            case .patch(let patch): learn(patch, before, &state, content.lastTime)
            case .controlSchedule(let control): learn(control, before, &state, content.lastTime)
            default: continue
            }
        }
    }

    private static func refusal(of before: JobRequest) -> ErrorCode? {
        guard before.lineage.type.isRecurringParent else { return 1019 }
        return before.state == .wait || before.state == .hold ? nil : 1029
    }

    private static func refusal(
        of patch: RequestPatch,
        _ before: JobRequest,
        _ state: State,
        _ now: Timestamp
    ) -> ErrorCode? {
        let recurs = before.lineage.type.isRecurringParent
        if patch.schedule != nil, !recurs { return 1019 }
        guard [.wait, .hold, .pendingValidation].contains(before.state) else { return 1018 }
        let isMoved = patch.start != nil || patch.end != nil
        if isMoved, before.lineage.parentID != nil || state.lives[before.id]?.hasInitiated == true { return 1018 }
        if let start = patch.start ?? before.requestedStart, let end = patch.end ?? before.requestedEnd, isMoved,
            end <= start
        {
            return 4005
        }
        if !recurs, isMoved, let end = patch.end ?? before.requestedEnd, end < patch.start ?? before.scheduledTime {
            return 4006
        }
        guard recurs, patch.schedule != nil || isMoved, var next = successor(by: patch, before, state, now) else {
            return nil
        }
        return next.isOver ? 4006 : nil
    }

    /// The schedule as the patch wants it, from now on.
    private static func successor(
        by patch: RequestPatch,
        _ before: JobRequest,
        _ state: State,
        _ now: Timestamp
    ) -> AuditedSchedule? {
        guard let old = state.trees.schedules[before.id] else { return nil }
        var next = AuditedSchedule(
            patch.schedule?.schedule ?? old.written,
            patch.schedule?.catchUp ?? old.catchUp,
            start: patch.start ?? old.start,
            end: patch.end ?? old.end,
            after: now
        )
        next.extras = old.extras
        return next
    }

    private static func learn(_ patch: RequestPatch, _ before: JobRequest, _ state: inout State, _ now: Timestamp) {
        if let start = patch.start { update(&state, before.id) { $0.due = start } }
        guard patch.schedule != nil || patch.start != nil || patch.end != nil,
            var next = successor(by: patch, before, state, now), var old = state.trees.schedules[before.id]
        else { return }
        next.operatorSkips = old.undecided(now: now).map { [$0] } ?? []
        old.cursor = max(old.decided, NaiveSchedule.seconds(now))
        old.operatorSkips = []
        next.replaced = [old]
        state.trees.schedules[before.id] = next
        state.count(patch.schedule == nil ? .timesReplaced : .scheduleReplaced)
        if before.state == .hold { state.count(.heldReplaced) }
    }

    private static func learn(
        _ control: ScheduleControl,
        _ before: JobRequest,
        _ state: inout State,
        _ now: Timestamp
    ) {
        switch control {
        case .runNow:
            state.trees.extraOf = before.id
            let isBeside = state.content.requests.values.contains {
                $0.lineage.parentID == before.id && !$0.state.isTerminal && state.lives[$0.id]?.hasStarted == true
            }
            if isBeside { state.count(.ranBeside) }
        case .end:
            state.trees.schedules[before.id]?.isEnded = true
            state.count(.endedByHand)
        case .skip: learnSkip(of: before, &state, now)
        }
    }

    /// The next instance goes to the following instant, by catch-up; where none follows, the schedule ends with it.
    private static func learnSkip(of parent: JobRequest, _ state: inout State, _ now: Timestamp) {
        guard var schedule = state.trees.schedules[parent.id] else { return }
        let next = schedule.instances.first {
            state.content.requests[$0]?.state.isTerminal == false && state.lives[$0]?.hasStarted == false
        }
        let dropped = next.flatMap { state.lives[$0]?.due }.map(NaiveSchedule.seconds) ?? schedule.expected(now: now)
        let former = schedule.cursor
        schedule.cursor = dropped ?? schedule.cursor
        let following = schedule.expected(now: now)
        let record = dropped.map { SkipRecord(Timestamp(milliseconds: $0 * 1000), reason: .operator) }
        schedule.isEnded = following == nil
        if let next {
            if let following {
                let due = Timestamp(milliseconds: following * 1000)
                update(&state, next) { $0.due = due }
                schedule.cursor = following
                schedule.operatorSkips = record.map { [$0] } ?? []
                state.count(.instanceSkipped)
            } else {
                schedule.cursor = former
                state.count(.skippedToEnd)
            }
        } else {
            schedule.operatorSkips = record.map { [$0] } ?? []
            state.count(.skippedUnmade)
        }
        state.trees.schedules[parent.id] = schedule
    }

    /// I43: what never started by the old schedule has been cancelled, what had started goes on.
    static func checkReplacement(
        of closed: AuditedSchedule,
        _ tree: TreeView,
        _ children: [JobRequest],
        _ place: String,
        _ state: inout State
    ) {
        for child in children where closed.instances.contains(child.id) || closed.extras.contains(child.id) {
            guard let before = tree.before[child.id], !before.state.isTerminal else { continue }
            if state.lives[child.id]?.hasStarted == true {
                state.expect(child.state == before.state, "I43 \(place) has ended \(child.id), which had started")
                state.count(.oldInstanceWentOn)
            } else {
                let isOver = child.state == .cancelled && child.cause == .operatorCancel
                state.expect(isOver, "I43 \(place) has left \(child.id) of its old schedule in \(child.state.rawValue)")
            }
        }
    }
}
