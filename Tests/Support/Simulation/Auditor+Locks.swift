import SchedulerCore

/// I21, I52 to I55: tokens and slots after every commit, by a model that looks at everything.
extension Auditor {
    ///
    /// - Parameters:
    ///   - content: as it is after the commit.
    ///   - isSwept: whether all that wait have just been tested anew.
    ///   - state: what is known.
    static func checkLocks(_ content: MemoryContent, isSwept: Bool, _ state: inout State) {
        let view = LockView(content.requests, content, state.work)
        let holders = view.holders.filter { !$0.tokens.isEmpty }
        for (index, left) in holders.enumerated() {
            for right in holders[(index + 1)...] where !view.isRelated(left.request, right.request) {
                let clash = left.tokens.contains { token in right.tokens.contains { token.conflicts(with: $0) } }
                state.expect(!clash, "I52 requests \(left.request.id) and \(right.request.id) run together")
            }
        }
        let slots = view.slotHolders
        state.expect(slots.count <= NaiveLocks.slots, "I55 requests \(slots.map(\.id)) have \(slots.count) slots")
        for waiter in view.waiters.map(\.request) {
            let place = "request \(waiter.id) in \(waiter.state.rawValue)"
            let isDue = state.lives[waiter.id]?.due.map { $0 <= content.lastTime } ?? false
            state.expect(isDue, "I31 \(place) is in the way of others before its time")
            switch waiter.state {
            case .blocked:
                let blockers = view.blockers(of: waiter, countsIdle: !isSwept)
                state.expect(!blockers.isEmpty, "I53 \(place) waits for nobody")
            case .ready where waiter.kinship.gate == .slot:
                let isRight = view.lacksSlot(waiter, countsIdle: !isSwept)
                state.expect(isRight, "I31 \(place) waits for a slot that is free")
            case .ready: break
            default: state.violations.append("I53 \(place) has a place in line")
            }
        }
        if view.waiters.contains(where: { view.awaitsTest($0.request) }) { state.count(.waitsBehindIdle) }
        // A shift that begins may close a circle without a commit.
        state.areCirclesBroken = isSwept || (state.areCirclesBroken && state.work.isTrivial)
        if state.areCirclesBroken {
            for request in view.stuck() {
                let place = "request \(request.id), \(request.state.rawValue) of \(request.facts.definitionID.name)"
                let parent = request.lineage.parentID.map { " below \($0)" } ?? ""
                state.violations.append("I54 \(place)\(parent) waits for itself: \(view.awaited(by: request))")
            }
        }
        checkTable(view, content, &state)
    }

    /// The lock table tells of the same.
    private static func checkTable(_ view: LockView, _ content: MemoryContent, _ state: inout State) {
        for (id, claims) in content.claims {
            let request = content.requests[id]
            state.expect(
                request?.kinship.lockStanding != LockStanding.none && request?.state.isTerminal == false,
                "I21 request \(id) in \(request?.state.rawValue ?? "no state") has claims"
            )
            let isQueued = request?.kinship.lockStanding == .queued
            state.expect(claims.allSatisfy { $0.isWaiting == isQueued }, "I21 claims of request \(id) say otherwise")
        }
        for holder in view.holders where !holder.tokens.isEmpty {
            let claimed = Set((content.claims[holder.request.id] ?? []).map(\.token.entity.name))
            state.expect(
                claimed.isSuperset(of: holder.tokens.map(\.entity)),
                "I52 request \(holder.request.id) runs without its tokens"
            )
        }
    }
}

extension LockView {
    /// Those of due requests, best rank first, that nothing of the lock table keeps from starting: who is hindered
    /// waits in line from then on, before all that are worse.
    static func free(of due: [JobRequest], among content: MemoryContent, _ work: NaiveWork) -> [JobRequest] {
        var view = LockView(content.requests, content, work)
        return due.filter { request in
            guard request.state == .wait || request.state == .ready else { return true }
            guard view.hinders(request) else { return !view.awaitsTest(request) }
            view.wait(request)
            return false
        }
    }
}
