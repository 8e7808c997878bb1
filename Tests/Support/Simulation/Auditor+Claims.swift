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
        checkOrder(claim, result, &state, content)
        guard result.started.count < claim.limit else { return }
        let left = LockPass(content.requests, content).free(of: startable(state, content.requests, now))
        for request in left {
            state.violations.append("I30 request \(request.id) was left although a thread was free")
        }
    }

    /// I30: each start, in the order of their epochs, is of the best-ranked request of those that could be started.
    private static func checkOrder(
        _ claim: Claim,
        _ result: ClaimResult,
        _ state: inout State,
        _ content: MemoryContent
    ) {
        let before = state.content.requests
        let now = content.lastTime
        // What the pass has cancelled for the sake of a later instance, or ended in a lock cycle, may have been over
        // before it came to its turn.
        let isOver: (JobRequest) -> Bool = {
            [.cancelled, .cancelling, .error].contains(content.requests[$0.id]?.state)
                && $0.epoch == content.requests[$0.id]?.epoch
        }
        var locks = LockPass(before, content)
        var pool = locks.free(of: startable(state, before, now).filter { !isOver($0) })
        let starts = content.requests.values
            .filter { $0.epoch != nil && $0.epoch != before[$0.id]?.epoch }
            .sorted { ($0.epoch?.value ?? 0) < ($1.epoch?.value ?? 0) }
        let told = Set(result.started.map(\.request.id))
        var taken: Set<RequestID> = []
        for request in starts {
            taken.insert(request.id)
            // What needs no thread is not told.
            let isSet = request.facts.executor == nil
            state.expect(told.contains(request.id) != isSet, "request \(request.id) was started without a word")
            if let place = pool.firstIndex(where: { $0.id == request.id }) {
                state.expect(place == 0, "I30 request \(request.id) came before \(locks.place(of: pool[0]))")
                pool.remove(at: place)
            } else {
                let isFree = wasFreed(request, state, content)
                state.expect(isFree, "I28 request \(request.id) was not startable: \(locks.obstacles(to: request))")
            }
            checkStart(of: request, &state, content)
            // A start hinders others of its family, or makes them.
            let family = Set(pool.map(\.id) + made(by: request, content, before))
            locks.take(request)
            let due = startable(state, content.requests.merging(before) { $1 }, now)
            pool = locks.free(of: due.filter { !taken.contains($0.id) && !isOver($0) }).filter {
                family.contains($0.id)
            }
        }
        state.expect(Set(starts.map(\.id)).isSuperset(of: told), "a claim has started something twice")
    }

    /// Steps of a set that has just started, and the instance after one that has.
    private static func made(
        by request: JobRequest,
        _ content: MemoryContent,
        _ before: [RequestID: JobRequest]
    ) -> [RequestID] {
        let newborn = content.requests.values.filter { before[$0.id] == nil }
        let steps = newborn.filter { $0.lineage.parentID == request.id }.map(\.id)
        let isFirst = request.lineage.type.isRecurringInstance && (before[request.id]?.attempt ?? 1) == 1
        let next = newborn.filter {
            isFirst && $0.lineage.parentID == request.lineage.parentID && $0.id > request.id
        }
        return steps + (next.map(\.id).min().map { [$0] } ?? [])
    }

    /// Whether it became startable in the pass itself, since others ended or made it.
    private static func wasFreed(_ request: JobRequest, _ state: State, _ content: MemoryContent) -> Bool {
        guard let old = state.content.requests[request.id] else { return true }
        let relatives = state.content.requests.values.filter { other in
            if old.state == .paused { return other.lineage.parentID == request.id }
            return old.lineage.type.isRecurringInstance && other.lineage.parentID == request.lineage.parentID
        }
        let released = state.content.requests.values.filter {
            $0.kinship.lockStanding != .none && request.kinship.lockStanding == .held
        }
        return (relatives + released).contains {
            !$0.state.isTerminal && content.requests[$0.id]?.state.isTerminal == true
        }
    }

    /// Startable requests, best rank first: priority descending, due instant, number (runtime §4).
    private static func startable(
        _ state: State,
        _ requests: [RequestID: JobRequest],
        _ now: Timestamp
    ) -> [JobRequest] {
        let families = Dictionary(
            grouping: requests.values.filter { $0.lineage.parentID != nil && !$0.state.isTerminal }
        ) { $0.lineage.parentID }
        var found: [JobRequest] = []
        for (id, request) in requests {
            guard let life = state.lives[id], let due = life.due, due <= now, request.deletedTime == nil,
                !request.lineage.type.isRecurringParent
            else { continue }
            switch request.state {
            case .wait, .ready:
                let isExpired = !life.hasStarted && (life.expiration.map { $0 <= now } ?? false)
                let overlap = request.lineage.parentID.flatMap { state.trees.schedules[$0]?.overlap } ?? .allow
                let isHindered =
                    overlap != .allow
                    && families[request.lineage.parentID, default: []].contains {
                        $0.id != id && state.lives[$0.id]?.hasStarted == true
                    }
                if !isExpired, !isHindered { found.append(request) }
            case .paused where life.newestEpoch.map { life.closed.contains($0) } ?? false:
                if families[id] == nil { found.append(request) }
            default: break
            }
        }
        return found.sorted { left, right in
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
        state.expect(request.state == .running, "request \(id) was claimed in \(request.state.rawValue)")
        state.expect(!life.isHeld, "I24 request \(id) was started while held")
        state.expect(!life.isCancelled, "I14 request \(id) was started after its cancel")
        state.expect(life.due.map { $0 <= now } ?? false, "I28 request \(id) was started before its time")
        checkPauses(before: state.content.requests[id], of: request, &state, content)
        if !life.hasStarted, let expiration = life.expiration {
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
            life.retryNotBefore = nil
        }
    }
}
