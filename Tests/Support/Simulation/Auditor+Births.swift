import SchedulerCore

/// How requests come to be: who may have which child, when, and for which instant (I14, I34, I36 to I38, I47, I48).
extension Auditor {
    /// Learns of the requests that a commit has made.
    static func learnBirths(
        _ commit: StoreCommit,
        _ changed: [RequestID],
        _ content: MemoryContent,
        _ state: inout State
    ) {
        for id in changed where state.content.requests[id] == nil {
            guard let request = content.requests[id] else { continue }
            if case .submission(let submitted, let submission, _) = commit, submitted.id == request.id {
                learn(request, submission, &state, content)
            } else {
                learnChild(request, &state, content)
            }
        }
        if let parent = state.trees.extraOf { state.violations.append("runNow has made nothing below \(parent)") }
        state.trees.extraOf = nil
        learnMoves(commit, changed, &state, content)
    }

    /// Something that was submitted: a root, or a sub-request.
    private static func learn(
        _ request: JobRequest,
        _ submission: Submission,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        let now = content.lastTime
        guard case .subRequest(let parentID, let handle) = submission.placement else {
            let due = submission.requestedStart ?? now
            state.lives[request.id] = AuditedLife(policy: submission.policy, due: due)
            state.trees.submissions[request.id] = submission
            if let plan = submission.plan, let schedule = plan.schedule {
                state.trees.schedules[request.id] = AuditedSchedule(
                    schedule,
                    plan.catchUp,
                    start: due,
                    end: submission.requestedEnd,
                    after: nil
                )
            }
            return
        }
        // Due when its parent pauses for it.
        state.lives[request.id] = AuditedLife(policy: submission.policy, due: nil)
        let parent = state.content.requests[parentID]
        let life = state.lives[parentID]
        let isLive = life?.newestEpoch == handle && life?.closed.contains(handle) == false
        state.expect(
            parent?.state == .running && isLive && life?.dead.contains(handle) == false,
            "I48 request \(request.id) was submitted by handle \(handle) of \(parentID), which is over"
        )
        if parent?.lineage.type == .subRequest { state.count(.subRequestOfSubRequest) }
    }

    /// Something that a parent has made.
    private static func learnChild(_ child: JobRequest, _ state: inout State, _ content: MemoryContent) {
        guard let parentID = child.lineage.parentID, let parent = content.requests[parentID] else {
            state.violations.append("request \(child.id) came from nowhere")
            return
        }
        if let before = state.content.requests[parentID] {
            let mayMake = !before.state.isTerminal && before.state != .cancelling
            state.expect(mayMake, "I14 request \(parentID) in \(before.state.rawValue) has made \(child.id)")
        }
        switch child.lineage.type {
        case .recurChild, .jobSetRecurChild: learnInstance(child, of: parent, &state, content)
        case .jobSetStep: learnStep(child, &state, content)
        default: state.violations.append("request \(child.id), a \(child.lineage.type.rawValue), made itself")
        }
    }

    private static func learnInstance(
        _ child: JobRequest,
        of parent: JobRequest,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        guard var schedule = state.trees.schedules[parent.id], let life = state.lives[parent.id] else { return }
        let now = content.lastTime
        guard state.trees.extraOf != parent.id else { return learnExtra(child, of: parent, life, &state, content) }
        let present = NaiveSchedule.present(now)
        let following = schedule.naive.next(after: schedule.decided)
        let instant = schedule.expected(now: now)
        let made = NaiveSchedule.seconds(child.scheduledTime)
        // One that the same pass moves on is looked at by `learnMoves`.
        let mayMove = schedule.overlap == .skip && child.submissionTime == now && made > instant ?? .max
        let place = "instance \(child.id) of \(parent.id) is of \(made)"
        state.expect(instant == made || mayMove, "I36, I37, I38 \(place), not of \(instant ?? 0)")
        if let following, following < present {
            switch schedule.catchUp {
            case .all: state.count(.caughtUpAll)
            case .latest: state.count(.caughtUpLatest)
            case .none: state.count(.caughtUpNone)
            }
        }
        let due = instant.map { Timestamp(milliseconds: $0 * 1000) }
        state.lives[child.id] = AuditedLife(policy: life.policy, due: due)
        // A held schedule makes an instance only where another schedule begins.
        state.lives[child.id]?.isHeld = parent.state == .hold
        checkCopy(child, of: parent, &state, content)
        schedule.cursor = instant ?? schedule.cursor
        schedule.instances.insert(child.id)
        state.trees.schedules[parent.id] = schedule
    }

    /// `runNow`: due at once, held where its parent is, and no matter of the schedule.
    private static func learnExtra(
        _ child: JobRequest,
        of parent: JobRequest,
        _ life: AuditedLife,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        state.trees.extraOf = nil
        let now = content.lastTime
        state.expect(child.scheduledTime == now, "extra instance \(child.id) is due \(child.scheduledTime), not now")
        state.lives[child.id] = AuditedLife(policy: life.policy, due: now)
        state.lives[child.id]?.isHeld = life.isHeld
        state.trees.schedules[parent.id]?.extras.insert(child.id)
        checkCopy(child, of: parent, &state, content)
        state.count(life.isHeld ? .ranNowHeld : .ranNow)
    }

    private static func checkCopy(
        _ child: JobRequest,
        of parent: JobRequest,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        state.expect(child.policy == parent.policy && child.facts == parent.facts, "instance \(child.id) is no copy")
        let parameters = content.submissions[child.id]?.parameters
        state.expect(
            parameters == state.trees.submissions[parent.id]?.parameters,
            "instance \(child.id) has other parameters"
        )
    }

    private static func learnStep(_ child: JobRequest, _ state: inout State, _ content: MemoryContent) {
        let plan = state.trees.submissions[child.lineage.absParentID]?.plan?.jobSet
        guard let path = child.lineage.stepID, let step = plan?.find(path) else {
            state.violations.append("request \(child.id) is step \(child.lineage.stepID ?? "none"), which no set has")
            return
        }
        var policy = step.policy
        // What neither step nor definition says is that of the set.
        let parent = child.lineage.parentID.flatMap { content.requests[$0] }
        if let parent, !step.parameters.contains(where: { $0.name == "SYS_priority" }) {
            policy.priority = parent.policy.priority
        }
        state.lives[child.id] = AuditedLife(policy: policy, due: content.lastTime)
        state.expect(child.facts == step.facts && child.policy == policy, "step \(child.id) is not as planned")
        let parameters = content.submissions[child.id]?.parameters
        state.expect(parameters == step.parameters, "step \(child.id) has other parameters")
        if step.nested != nil { state.count(.nested) }
    }

    /// Overlap `skip`: a due instance moves on to the first instant that has not passed, or the next one where a pass
    /// has met that, too; nothing else moves.
    private static func learnMoves(
        _ commit: StoreCommit,
        _ changed: [RequestID],
        _ state: inout State,
        _ content: MemoryContent
    ) {
        guard case .claim = commit else { return }
        let present = NaiveSchedule.present(content.lastTime)
        for id in changed {
            guard let request = content.requests[id], request.lineage.type.isRecurringInstance,
                let parentID = request.lineage.parentID, let due = state.lives[request.id]?.due,
                request.scheduledTime != due, var schedule = state.trees.schedules[parentID]
            else { continue }
            let old = NaiveSchedule.seconds(due)
            let first = schedule.naive.next(after: max(old, present - 1))
            let second = first == present ? schedule.naive.next(after: present) : first
            let new = NaiveSchedule.seconds(request.scheduledTime)
            let isHindered = content.requests.values.contains { other in
                other.lineage.parentID == parentID && other.id != request.id && !other.state.isTerminal
                    && other.epoch != nil
            }
            guard !schedule.extras.contains(id), schedule.overlap == .skip, isHindered, due <= content.lastTime,
                new == first || new == second,
                state.lives[request.id]?.hasStarted == false
            else { continue }
            state.count(.overlapSkipped)
            schedule.cursor = new
            state.trees.schedules[parentID] = schedule
            update(&state, request.id) { $0.due = request.scheduledTime }
        }
    }
}

extension JobSetPlan {
    /// The step at a dotted path.
    func find(_ path: String) -> StepPlan? {
        guard let dot = path.firstIndex(of: ".") else { return steps.first { $0.name == path } }
        return steps.first { $0.name == path[..<dot] }?.nested?.find(String(path[path.index(after: dot)...]))
    }
}
