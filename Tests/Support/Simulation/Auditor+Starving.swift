import SchedulerCore

/// What starves comes first, and nodes look for it as often as they must (I30, runtime §4).
extension Auditor {
    /// READY for longer than this comes first in a pass; nil where its node does not look.
    static func starvation(in claim: Claim, _ state: State, _ now: Timestamp) -> Duration? {
        claim.starvesFrom.map { $0 <= now } == true ? state.context.settings.starvationThreshold : nil
    }

    /// A node may leave a look out while nothing starves that it has seen at the last one, and not for long.
    static func checkLook(_ claim: Claim, _ work: NaiveWorkPass, _ state: inout State, _ content: MemoryContent) {
        let now = content.lastTime
        guard claim.starvesFrom != nil else { return }
        let before = state.content.requests
        if let threshold = starvation(in: claim, state, now) {
            let seen = content.requests.values.filter { request in
                let isNew = before[request.id]?.state != .ready
                let isOpen = isNew || before[request.id]?.kinship.gate == nil
                return request.state == .ready && request.kinship.gate == nil && isOpen && work.mayEverTake(request)
            }
            state.cluster.looks[claim.node] = AuditedLook(
                time: now,
                threshold: threshold,
                seen: Set(seen.map(\.id))
            )
            return
        }
        state.count(.lookLeftOut)
        guard let look = state.cluster.looks[claim.node] else {
            state.violations.append("\(claim.node) has never looked for what starves")
            return
        }
        state.expect(now - look.time < longestBlindness, "\(claim.node) has not looked since \(look.time)")
        guard look.threshold == state.context.settings.starvationThreshold else { return }
        for id in look.seen where before[id]?.state == .ready {
            guard let since = state.lives[id]?.readySince, since + look.threshold <= now else { continue }
            state.violations.append("I30 request \(id) starves, and \(claim.node) has not looked since \(look.time)")
        }
    }

    /// What could not be told when a node looked, such as another threshold, is seen so late at most.
    private static let longestBlindness: Duration = .seconds(60)
}
