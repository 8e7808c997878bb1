package import SchedulerCore
import Synchronization

/// What the auditor knows of nodes, in store time, learned from what they asked and were answered.
struct AuditedCluster {
    struct Lease {
        let record: NodeRecord
        var end: Timestamp
        /// Grows with each entry: what was started before the last one may be taken from the node although it lives.
        var entry: Int
    }

    struct Lead {
        let node: NodeID
        let term: LeaderTerm
        var end: Timestamp
    }

    var leases: [NodeID: Lease] = [:]
    var quiesced: Set<QuiesceTarget> = []
    var leads: [LeaderRole: Lead] = [:]
    /// Whether a node was given the lead when it last asked.
    var leaders: [LeaderRole: Set<NodeID>] = [:]
    var views: [NodeID: NodeView] = [:]
    /// Who claimed an attempt, in which entry.
    var starts: [AttemptEpoch: (node: NodeID, entry: Int)] = [:]
    var takenOver: Set<AttemptEpoch> = []
    /// Whose name a node of the same machine has taken at once.
    var succeeded: Set<NodeID> = []
    /// Processes that were alive when their attempts were taken over on their own machine, and by whom.
    var left: [ProcessIdentity: NodeView] = [:]
    /// Of each node the last look for what starves.
    var looks: [NodeID: AuditedLook] = [:]
    var counts: [ClusterEvent: Int] = [:]

    func isMember(_ node: NodeID, _ now: Timestamp) -> Bool { leases[node].map { $0.end > now } ?? false }

    func standing(of node: NodeID, _ now: Timestamp) -> NodeStanding {
        guard let lease = leases[node], lease.end > now else { return .none }
        return quiesced.isDisjoint(with: QuiesceTarget.all(of: lease.record.name)) ? .active : .quiesced
    }
}

/// What runs should have seen.
package enum ClusterEvent: String, CaseIterable, Hashable, Sendable {
    case leaseLost, nameTaken, leaderChanged, takenFromFrozen, takenFromDead, takenFromRunning, staleWrite
    case claimRefused, claimWhileQuiesced, orphanLeft
    case waitsBehindIdle, startedFreely, startedUnderAssignment, shareUsedUp, excludedByAssignment, excludedByPlace
    case starvingFirst, lookLeftOut
}

extension Auditor {
    static func check(_ commit: StoreCommit, _ state: inout State, _ content: MemoryContent) {
        let now = content.lastTime
        switch commit {
        case .join(let record, let lease, let predecessor, let outcome):
            checkJoin(record, lease, predecessor, outcome, &state, now)
        case .renewal(let node, let lease, let standing):
            let expected = state.cluster.standing(of: node, now)
            state.expect(standing == expected, "I58 the renewal of \(node) was answered \(standing), not \(expected)")
            if expected == .none { state.count(.leaseLost) } else { state.cluster.leases[node]?.end = now + lease }
        case .leave(let node):
            state.cluster.leases[node] = nil
            for (role, lead) in state.cluster.leads where lead.node == node { state.cluster.leads[role]?.end = now }
        case .quiescence(let isQuiesced, let target, _):
            if isQuiesced {
                state.cluster.quiesced.insert(target)
            } else {
                state.cluster.quiesced.remove(target)
            }
        case .lead(let role, let node, let lease, let term): checkLead(role, node, lease, term, &state, now)
        case .submission, .commands, .claim, .timers, .sweep, .record, .purgeBegun, .purgeAdvanced, .removal: return
        }
        checkLeases(&state, content)
    }

    private static func checkJoin(
        _ record: NodeRecord,
        _ lease: Duration,
        _ predecessor: NodeID?,
        _ outcome: JoinOutcome,
        _ state: inout State,
        _ now: Timestamp
    ) {
        if let predecessor {
            let isGone = state.cluster.views[predecessor]?.isGone ?? true
            state.expect(isGone, "I58 the lease of \(predecessor), which lives, was declared void")
            state.cluster.succeeded.insert(predecessor)
            if let end = state.cluster.leases[predecessor]?.end {
                state.cluster.leases[predecessor]?.end = min(end, now)
            }
        }
        let namesake = state.cluster.leases.values.first {
            $0.record.name == record.name && $0.record.id != record.id && $0.end > now
        }
        switch (outcome, namesake) {
        case (.joined, nil):
            let entry = state.cluster.leases[record.id]?.entry ?? 0
            let isNew = !state.cluster.isMember(record.id, now)
            state.cluster.leases[record.id] = .init(record: record, end: now + lease, entry: isNew ? entry + 1 : entry)
        case (.nameTaken(let other, let until), let namesake?):
            state.count(.nameTaken)
            let isRight = other == namesake.record && until == namesake.end
            state.expect(isRight, "\(record.id) was told of \(other.id) until \(until), not of \(namesake)")
        case (.joined, let namesake?):
            state.violations.append("\(record.id) joined beside its namesake \(namesake.record.id)")
        case (.nameTaken(let other, _), nil):
            state.violations.append("\(record.id) was kept out by \(other.id), which holds no lease")
        }
    }

    /// One leader at a time, members only, and terms that grow whenever the lead goes to another. A lead ends with the
    /// lease of its node.
    private static func checkLead(
        _ role: LeaderRole,
        _ node: NodeID,
        _ lease: Duration,
        _ term: LeaderTerm?,
        _ state: inout State,
        _ now: Timestamp
    ) {
        let current = state.cluster.leads[role]
        let isFree = current.map { $0.node == node || $0.end <= now || !state.cluster.isMember($0.node, now) } ?? true
        let mayLead = isFree && state.cluster.isMember(node, now)
        let known = current.map { "\($0.node) leads until \($0.end)" } ?? "nobody leads"
        state.expect((term != nil) == mayLead, "lead of \(node): \(term.map { "\($0.number)" } ?? "none"), \(known)")
        guard let term else {
            state.cluster.leaders[role]?.remove(node)
            return
        }
        if let current, current.node == node {
            state.expect(term == current.term, "the term of \(node) changed to \(term.number)")
        } else if let current {
            state.expect(term.number > current.term.number, "the term \(term.number) of \(node) has not grown")
            state.count(.leaderChanged)
        }
        state.cluster.leads[role] = .init(node: node, term: term, end: now + lease)
        state.cluster.leaders[role, default: []].insert(node)
    }

    /// I59: no clock of a node, and nothing else, moves a lease.
    private static func checkLeases(_ state: inout State, _ content: MemoryContent) {
        for (id, lease) in state.cluster.leases {
            guard let end = content.nodes[id]?.leaseEnd else {
                state.violations.append("I59 the entry of \(id) is gone")
                continue
            }
            state.expect(end == lease.end, "I59 the lease of \(id) ends \(end), not \(lease.end)")
        }
    }

    /// I56 by store time: a node without a lease, or quiesced, starts nothing and changes nothing.
    ///
    /// - Returns: whether the node might start attempts.
    static func checkStanding(_ claim: Claim, _ result: ClaimResult, _ state: inout State, _ now: Timestamp) -> Bool {
        let expected = state.cluster.standing(of: claim.node, now)
        state.expect(result.standing == expected, "I56 \(claim.node) is told \(result.standing), not \(expected)")
        guard expected == .active else {
            state.count(expected == .none ? .claimRefused : .claimWhileQuiesced)
            state.expect(result.started.isEmpty && result.changes.isEmpty, "I56 \(claim.node), \(expected), starts")
            return false
        }
        for epoch in result.started.compactMap(\.request.epoch) {
            let entry = state.cluster.leases[claim.node]?.entry ?? 0
            state.cluster.starts[epoch] = (claim.node, entry)
        }
        return true
    }

    /// I58: an attempt is taken by the leader alone, from a node that has lost the lease under which it was claimed,
    /// and that runs nothing of it: it has told it to end, or stands still, or is no more.
    ///
    /// A person may do so at any node, also at one that does not lead.
    static func checkTakeover(
        _ before: JobRequest,
        byPerson: Bool = false,
        _ state: inout State,
        _ now: Timestamp
    ) {
        guard let owner = before.owner, let epoch = before.epoch, let taker = NodeLink.caller, taker != owner else {
            return
        }
        let place = "request \(before.id), attempt \(epoch) of \(owner), taken by \(taker)"
        state.cluster.takenOver.insert(epoch)
        let isLeader = state.cluster.leaders[.recovery]?.contains(taker) ?? false
        state.expect(isLeader || byPerson, "\(place), which does not lead")
        if state.cluster.isMember(owner, now) {
            let isCurrent = state.cluster.starts[epoch]?.entry == state.cluster.leases[owner]?.entry
            state.expect(!isCurrent, "I58 \(place) although its owner holds its lease")
        }
        guard let view = state.cluster.views[owner], !view.isGone else { return state.count(.takenFromDead) }
        guard let attempt = view.launcher.attempts.first(where: { $0.epoch == epoch }) else { return }
        if view.isFrozen {
            state.count(.takenFromFrozen)
            state.expect(view.isFenced(), "I58 \(place), which stands still within half a lease")
        } else {
            state.count(.takenFromRunning)
            state.expect(attempt.demand?.reason == .fenced, "I58 \(place), which runs it: \(attempt.demand as Any)")
        }
    }

    /// I22, I58: whose process may outlive its attempt: one on a machine that the taker cannot reach, whose server is
    /// gone, or stands still past half of its lease.
    func mayLeaveProcess(of request: JobRequest, _ state: inout State) -> Bool {
        guard let owner = request.owner, let view = state.cluster.views[owner] else { return false }
        let taker = NodeLink.caller.flatMap { state.cluster.views[$0] }
        if view.isGone {
            state.count(.orphanLeft)
            // Its successor has killed first, whoever takes the attempts.
            guard !state.cluster.succeeded.contains(owner) else { return false }
            // It may have died after the taker had looked: then the taker kills as soon as the attempt is over.
            if let taker, taker.record.process.bootID == view.record.process.bootID, let process = request.process {
                state.cluster.left[process] = taker
            }
            return true
        }
        return view.isFrozen && view.isFenced()
    }

    /// Looks at what a node is about to run (I56, I58).
    package func launchViolation(_ claimed: ClaimedRequest, by view: NodeView) -> String? {
        guard let epoch = claimed.request.epoch else { return "an attempt without an epoch" }
        if view.isFenced() { return "I56 \(view.record.id) launches attempt \(epoch) past half its lease" }
        let isTaken = state.withLock { $0.cluster.takenOver.contains(epoch) }
        return isTaken ? "I58 \(view.record.id) launches attempt \(epoch), which was taken from it" : nil
    }

    /// Looks at a node that does not stand still: past half its lease it has told everything to end at once.
    package func checkFence(of view: NodeView) -> [String] {
        guard view.isFenced(allowance: Self.fenceAllowance) else { return [] }
        return view.launcher.attempts.filter { $0.demand?.reason != .fenced }.map {
            "I58 \(view.record.id) is past half its lease and has not ended attempt \($0.epoch)"
        }
    }

    /// Clocks of nodes are read in whole milliseconds of the world's.
    private static let fenceAllowance: Duration = .milliseconds(5)
}
