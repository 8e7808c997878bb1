import SchedulerCore

/// Who may start, and who first (I14, I24, I28, I29, I30, I55, I56, I57).
extension Auditor {
    static func check(_ claim: Claim, _ result: ClaimResult, _ state: inout State, _ content: MemoryContent) {
        let now = content.lastTime
        guard checkStanding(claim, result, &state, now) else { return }
        let started = Set(result.started.map(\.request.id))
        state.expect(
            result.started.count <= claim.limit,
            "I55 \(result.started.count) starts on \(claim.limit) threads"
        )
        let isFull = started.count >= claim.limit
        let candidates = startable(state, now)
        for claimed in result.started {
            let request = claimed.request
            checkStart(of: request, &state, now)
            state.expect(content.requests[request.id] == request, "a claim answered what it did not store")
            state.expect(request.owner == claim.node, "request \(request.id) was started for another node")
        }
        for id in started where !candidates.contains(id) {
            state.violations.append("I28 request \(id) was not startable")
        }
        // By the auditor's own order, whoever was left behind ranks after whoever was started.
        var isBehind = false
        for id in candidates {
            if started.contains(id) {
                state.expect(!isBehind, "I30 request \(id) was started before better ones")
            } else {
                isBehind = true
                state.expect(isFull, "I30 request \(id) was left although a thread was free")
            }
        }
    }

    /// Startable requests, best rank first: priority descending, due instant, number (runtime §4).
    private static func startable(_ state: State, _ now: Timestamp) -> [RequestID] {
        var found: [JobRequest] = []
        for (id, request) in state.content.requests {
            guard let life = state.lives[id], life.due <= now, request.deletedTime == nil else { continue }
            switch request.state {
            case .wait, .ready:
                let isExpired = !life.hasStarted && (life.expiration.map { $0 <= now } ?? false)
                if !isExpired { found.append(request) }
            case .paused where life.newestEpoch.map { life.closed.contains($0) } ?? false: found.append(request)
            default: break
            }
        }
        found.sort { left, right in
            if left.policy.priority != right.policy.priority { return left.policy.priority > right.policy.priority }
            let (first, second) = (state.lives[left.id]?.due, state.lives[right.id]?.due)
            if let first, let second, first != second { return first < second }
            return left.id < right.id
        }
        return found.map(\.id)
    }

    private static func checkStart(of request: JobRequest, _ state: inout State, _ now: Timestamp) {
        let id = request.id
        guard let life = state.lives[id], let epoch = request.epoch else {
            state.violations.append("request \(id) was started without an epoch")
            return
        }
        state.expect(request.state == .running, "request \(id) was claimed in \(request.state.rawValue)")
        state.expect(!life.isHeld, "I24 request \(id) was started while held")
        state.expect(!life.isCancelled, "I14 request \(id) was started after its cancel")
        state.expect(life.due <= now, "I28 request \(id) was started before its time")
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
            life.retryNotBefore = nil
        }
    }
}
