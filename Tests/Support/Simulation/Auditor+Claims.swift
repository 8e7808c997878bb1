import SchedulerCore

/// Who may start, and who first (I14, I24, I28, I29, I30, I55, I56, I57).
extension Auditor {
    static func check(_ claim: Claim, _ result: ClaimResult, _ state: inout State, _ content: MemoryContent) {
        let now = content.lastTime
        guard checkStanding(claim, result, &state, now) else { return }
        state.expect(
            result.started.count <= claim.limit,
            "I55 \(result.started.count) starts on \(claim.limit) threads"
        )
        for claimed in result.started {
            let request = claimed.request
            state.expect(content.requests[request.id] == request, "a claim answered what it did not store")
            state.expect(request.owner == claim.node, "request \(request.id) was started for another node")
        }
        checkUse(claim, &state)
        let work = checkOrder(claim, result, &state, content)
        checkLook(claim, work, &state, content)
        // Where a pass has met with very much that could not start, it leaves the rest to the next one, and says so.
        guard result.started.count < claim.limit, !result.hasMore else { return }
        let due = turns(state, content.requests, now).filter {
            !$0.isExpired && !$0.isHindered && $0.request.state != .blocked
        }.map(\.request)
        noteRefusals(due, work, claim, &state, now)
        for request in LockView.free(of: due.filter(work.mayTake), among: content, state.work) {
            state.violations.append("I30 request \(request.id) was left although a thread was free")
        }
    }

    /// I28, I30: each start, in the order of their epochs, is of the best-ranked request that could be started.
    ///
    /// - Returns: what the assignments of the node leave after the pass.
    private static func checkOrder(
        _ claim: Claim,
        _ result: ClaimResult,
        _ state: inout State,
        _ content: MemoryContent
    ) -> NaiveWorkPass {
        let before = state.content.requests
        var pass = NaivePass(
            workPass(claim, state, content.lastTime),
            state.work,
            starvation: starvation(in: claim, state, content.lastTime),
            before: state.content,
            after: content
        )
        let starts = content.requests.values
            .filter { $0.epoch != nil && $0.epoch != before[$0.id]?.epoch }
            .sorted { ($0.epoch?.value ?? 0) < ($1.epoch?.value ?? 0) }
        let told = Set(result.started.map(\.request.id))
        for request in starts {
            // What needs no thread is not told.
            let needsNone =
                request.facts.executor == nil && request.state != .completed && !request.policy.hasPreProcess
            state.expect(told.contains(request.id) != needsNone, "request \(request.id) was started without a word")
            let best = pass.next(state)
            state.expect(
                best?.id == request.id,
                "I28, I30 \(pass.place(of: request)) was started, not \(best.map(pass.place) ?? "nothing")"
            )
            if pass.hasOvertaken { state.count(.starvingFirst) }
            if request.state == .completed {
                let choice = pass.work.choice(request)
                state.expect(choice != .refused, "I56 post-processing of \(request.id) was refused")
                checkPostProcess(of: request, &state, content)
            } else {
                checkGrant(request, pass.work.choice(request), &state)
                checkStart(of: request, &state, content)
            }
            pass.start(request)
        }
        state.expect(Set(starts.map(\.id)).isSuperset(of: told), "a claim has started something twice")
        return pass.work
    }

    /// Requests whose turn comes in a pass, best rank first: priority descending, due instant, number (runtime §4).
    static func turns(
        _ state: State,
        _ requests: [RequestID: JobRequest],
        _ now: Timestamp
    ) -> [NaivePass.Turn] {
        let families = Dictionary(
            grouping: requests.values.filter { $0.lineage.parentID != nil && !$0.state.isTerminal }
        ) { $0.lineage.parentID }
        var found: [NaivePass.Turn] = []
        for (id, request) in requests {
            guard let life = state.lives[id], let due = life.due, due <= now, request.deletedTime == nil,
                !request.lineage.type.isRecurringParent
            else { continue }
            switch request.state {
            case .wait, .ready, .blocked:
                if let earliest = life.callNotBefore, earliest > now { continue }
                let isExpired = !life.hasInitiated && (life.expiration.map { $0 <= now } ?? false)
                let overlap = request.lineage.parentID.flatMap { state.trees.schedules[$0]?.overlap } ?? .allow
                // Those that an earlier schedule let run together go on, with their retries.
                let isHindered =
                    overlap != .allow && !life.hasStarted
                    && families[request.lineage.parentID, default: []].contains {
                        $0.id != id && state.lives[$0.id]?.hasStarted == true
                    }
                found.append(.init(request: request, isHindered: isHindered, isExpired: isExpired))
            case .completed where request.owner == nil && life.callNotBefore == nil:
                found.append(.init(request: request, isHindered: false, isExpired: false))
            case .paused where life.newestEpoch.map { life.closed.contains($0) } ?? false:
                guard families[id] == nil else { continue }
                found.append(.init(request: request, isHindered: false, isExpired: false))
            default: break
            }
        }
        return found.sorted { left, right in
            let (left, right) = (left.request, right.request)
            if left.policy.priority != right.policy.priority { return left.policy.priority > right.policy.priority }
            let (first, second) = (state.lives[left.id]?.due, state.lives[right.id]?.due)
            if let first, let second, first != second { return first < second }
            return left.id < right.id
        }
    }

    private static func checkStart(of request: JobRequest, _ state: inout State, _ content: MemoryContent) {
        let now = content.lastTime
        let id = request.id
        guard let life = state.lives[id], let epoch = request.epoch else {
            state.violations.append("request \(id) was started without an epoch")
            return
        }
        // A set may end in the pass that starts it, with steps that do.
        let former = state.content.history[id]?.count ?? 0
        let hasRun = (content.history[id] ?? []).dropFirst(former).contains { $0.to == .running }
        state.expect(
            request.state == .running || (hasRun && request.facts.executor == nil),
            "request \(id) was claimed in \(request.state.rawValue)"
        )
        let isResumed = state.content.requests[id]?.state == .paused
        state.expect(isResumed || state.metadata.isUsable(request), "request \(id) was started for a disabled user")
        state.expect(!life.isHeld, "I24 request \(id) was started while held")
        state.expect(!life.isCancelled, "I14 request \(id) was started after its cancel")
        state.expect(life.due.map { $0 <= now } ?? false, "I28 request \(id) was started before its time")
        checkPauses(before: state.content.requests[id], of: request, &state, content)
        if let earliest = life.callNotBefore {
            state.expect(now >= earliest, "request \(id) was called again before its time")
        }
        state.expect(!life.isDone, "I60 request \(id) was started again after its good end")
        if !life.hasInitiated, let expiration = life.expiration {
            state.expect(now < expiration, "I29 request \(id) was started after its expiration")
        }
        if let earliest = life.retryNotBefore {
            state.expect(now >= earliest, "I27 request \(id) was tried again before its delay")
        }
        state.expect(state.epochs.allSatisfy { $0 < epoch }, "I57 epoch \(epoch) of request \(id) is not the greatest")
        state.epochs = [epoch]
        update(&state, id) { life in
            if let former = life.newestEpoch { life.dead.insert(former) }
            life.newestEpoch = epoch
            life.hasStarted = true
            life.awaitsRound = false
            life.callNotBefore = nil
            life.retryNotBefore = nil
        }
    }
}
