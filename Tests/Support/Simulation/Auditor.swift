package import SchedulerCore
import Synchronization

/// Watches a run from outside: a model of its own of what the specification allows, fed with every commit.
///
/// Numbers in the messages are the invariants of runtime §11.
package final class Auditor: Sendable {
    struct State {
        var lives: [RequestID: AuditedLife] = [:]
        var content = MemoryContent()
        var violations: [String] = []
        var epochs: Set<AttemptEpoch> = []
        /// Faults have stopped since.
        var peace: Timestamp?
        var passed: [PassedCell: Int] = [:]
        var cluster = AuditedCluster()
        var metadata = NaiveMetadata()
        /// Whether a circle of those that wait for each other would have been found.
        var areCirclesBroken = true
        /// For questions of people: settings and metadata in force.
        var context: DecisionContext
        var trees = AuditedTrees()
        var purges = AuditedPurges()
        /// How often diagnoses have told which reason.
        var diagnosed: [DiagnosticCode: Int] = [:]

        var forceCancelAfter: Duration { context.settings.forceCancelAfter }
        var work: NaiveWork { metadata.work }

        mutating func count(_ event: ClusterEvent) { cluster.counts[event, default: 0] += 1 }

        mutating func expect(_ holds: Bool, _ message: @autoclosure () -> String) {
            if !holds { violations.append(message()) }
        }
    }

    let state: Mutex<State>
    private let processes: SimulatedProcesses
    let threads: Int

    /// - Parameters:
    ///   - settings: in force at first.
    ///   - threads: that each node has.
    ///   - processes: of all jobs.
    package init(_ settings: RequestMachine.Settings, threads: Int, processes: SimulatedProcesses) {
        let context = DecisionContext(settings: settings, catalogue: NaiveMetadata().catalogue)
        state = Mutex(State(context: context))
        self.threads = threads
        self.processes = processes
    }

    package var violations: [String] { state.withLock { $0.violations } }

    /// How often each cell of the table was passed.
    package var passedCells: [PassedCell: Int] { state.withLock { $0.passed } }

    /// How often nodes met with what.
    package var clusterEvents: [ClusterEvent: Int] { state.withLock { $0.cluster.counts } }

    /// How often requests and their relatives met with what.
    package var familyEvents: [FamilyEvent: Int] { state.withLock { $0.trees.counts } }

    /// How often each reason was told.
    package var diagnosedCodes: [DiagnosticCode: Int] { state.withLock { $0.diagnosed } }

    /// A node that the auditor may look at from now on.
    package func watch(_ view: NodeView) { state.withLock { $0.cluster.views[view.record.id] = view } }

    package func change(_ settings: RequestMachine.Settings) { state.withLock { $0.context.settings = settings } }

    package func declarePeace(at now: Timestamp) { state.withLock { $0.peace = now } }

    /// Hears of every commit, told to its caller or not, with what is stored since.
    package func observe(_ commit: StoreCommit, content: MemoryContent) {
        state.withLock { state in
            state.expect(content.lastTime >= state.content.lastTime, "I59 store time went back")
            let audited: Int
            let changed = Self.changes(to: content, state)
            Self.learnControl(commit, content, &state)
            Self.learnBirths(commit, changed, content, &state)
            switch commit {
            case .submission(_, _, let audit): audited = audit == nil ? 0 : 1
            case .commands(let commands, let results):
                audited = Self.check(commands, results, &state, content)
            case .claim(let claim, let result):
                Self.check(claim, result, &state, content)
                audited = Self.previousCancelled(changed, &state, content)
            case .timers(let results):
                audited = Self.check(results, &state, content)
            case .record, .purgeBegun: audited = 1
            case .sweep, .purgeAdvanced, .removal: audited = 0
            case .quiescence(let isQuiesced, let target, let audit):
                let changes = state.cluster.quiesced.contains(target) != isQuiesced
                audited = changes && audit != nil ? 1 : 0
            case .join, .renewal, .leave, .lead: audited = 0
            }
            Self.check(commit, &state, content)
            Self.checkPurge(commit, changed, &state, content)
            let records = content.audit.count - state.content.audit.count
            state.expect(records == audited, "I7, I20 \(records) audit records instead of \(audited)")
            checkRequests(commit, changed, content, &state)
            Self.checkTrees(changed, content, &state)
            if !changed.isEmpty || commit.isWholeSweep {
                Self.checkLocks(content, isSwept: commit.isWholeSweep, &state)
                checkDiagnoses(changed, content, &state)
            }
            state.content = content
        }
    }

    /// L: soon after the faults whatever is CANCELLING and waits for no answer has ended (I13), and what was not
    /// started in time is EXPIRED.
    package func checkLiveness(now: Timestamp, bound: Duration) {
        state.withLock { state in
            guard let peace = state.peace else { return }
            // Where the taker died, too, the next server on their machine ends it.
            for (process, taker) in state.cluster.left where !taker.isGone && processes.isAlive(process) {
                state.violations.append("I22, I58 process \(process.pid) outlives its attempt")
            }
            for request in state.content.requests.values {
                guard let life = state.lives[request.id] else { continue }
                if request.state == .cancelling, !Self.awaitsAnswer(request, state.content) {
                    let begun = max(peace, life.cancelBegun ?? peace)
                    state.expect(now - begun <= bound, "I13 request \(request.id) is CANCELLING since \(begun)")
                }
                let isPending = request.state == .wait || request.state == .ready
                let mayExpire = !request.lineage.type.isRecurringParent
                if isPending, mayExpire, !life.hasInitiated, let expiration = life.expiration {
                    let begun = max(peace, expiration, request.submissionTime)
                    state.expect(now - begun <= bound, "I12 request \(request.id) should be EXPIRED since \(begun)")
                }
            }
        }
    }

    /// I13: in it or below.
    private static func awaitsAnswer(_ request: JobRequest, _ content: MemoryContent) -> Bool {
        if request.awaitsAsynchronousAnswer { return true }
        return content.requests.values.contains {
            $0.lineage.parentID == request.id && !$0.state.isTerminal && awaitsAnswer($0, content)
        }
    }

    /// Instances that a pass has cancelled for a later one (overlap `cancelPrevious`), each with a record.
    private static func previousCancelled(
        _ changed: [RequestID],
        _ state: inout State,
        _ content: MemoryContent
    ) -> Int {
        var count = 0
        for id in changed {
            guard let request = content.requests[id], request.lineage.type.isRecurringInstance,
                let parentID = request.lineage.parentID, let old = state.content.requests[id],
                !old.state.isTerminal, old.state != .cancelling,
                request.state == .cancelling || request.state == .cancelled,
                (content.history[id] ?? []).dropFirst(state.content.history[id]?.count ?? 0).contains(where: {
                    // A set may also end like its last step.
                    $0.event == .cancel
                })
            else { continue }
            let isMeant = state.trees.schedules[parentID]?.overlap == .cancelPrevious
            let isEarlier = state.lives[id]?.hasStarted == true
            let later = content.requests.values.contains {
                // It may have been refused in the same pass.
                let former = state.content.requests[$0.id]
                return $0.lineage.parentID == parentID && $0.id != id && former?.state.isTerminal != true
                    && former?.epoch == nil
            }
            state.expect(isMeant && isEarlier && later, "I35 a pass has cancelled instance \(id)")
            state.count(.previousCancelled)
            count += 1
        }
        return count
    }

    /// Looks at every request that the commit may have touched, and at all others for a change that was none of its
    /// business (I7).
    private func checkRequests(
        _ commit: StoreCommit,
        _ changed: [RequestID],
        _ content: MemoryContent,
        _ state: inout State
    ) {
        let before = state.content.requests
        state.expect(commit.isRemoval || content.requests.count >= before.count, "I6 a request is gone")
        let touched = commit.touched.map { $0.union(Self.relatives(commit, content, state)) }
        for id in changed where touched?.contains(id) == false {
            state.violations.append("I7 request \(id) changed on its own")
        }
        for id in touched ?? Set(content.requests.keys) {
            let old = before[id]
            guard let request = content.requests[id], touched != nil || old != request else { continue }
            var found = Self.checkShape(of: request) {
                content.requests.values.contains { $0.lineage.parentID == id && !$0.state.isTerminal }
            }
            found += checkHistory(of: request, content.history[id] ?? [], &state)
            found += checkLife(from: old, to: request, &state)
            if let old, let identity = old.process, request.process != identity, processes.isAlive(identity),
                !mayLeaveProcess(of: old, &state)
            {
                let place = "owner \(old.owner?.value ?? "none"), by \(NodeLink.caller?.value ?? "nobody")"
                found.append("I22, I58 request \(id) has left its process running: \(place)")
            }
            state.violations += found
        }
        guard !changed.isEmpty else { return }
        for (node, count) in Self.owners(content.requests.values) where count > threads {
            state.violations.append("I55 node \(node) runs \(count) attempts on \(threads) threads")
        }
    }

    /// Requests that change with those that a commit tells of: the parent of a sub-request, what was made with a root,
    /// and what lies below one that was deleted.
    private static func relatives(_ commit: StoreCommit, _ content: MemoryContent, _ state: State) -> Set<RequestID> {
        switch commit {
        case .submission(let request, _, _):
            let made = content.requests.values.filter { $0.lineage.parentID == request.id }.map(\.id)
            return Set(made + (request.lineage.parentID.map { [$0] } ?? []))
        case .commands(let commands, let results):
            var below: Set<RequestID> = []
            for (command, result) in zip(commands, results) where result.outcome == .applied {
                guard command.event == .delete, content.requests[command.requestID]?.lineage.parentID == nil else {
                    continue
                }
                for request in content.requests.values where request.lineage.absParentID == command.requestID {
                    below.insert(request.id)
                }
            }
            return below
        default: return []
        }
    }

    /// What looks otherwise than before, in order of the numbers.
    private static func changes(to content: MemoryContent, _ state: State) -> [RequestID] {
        // Most commits are of nodes: they leave the very storage of the requests as it was.
        guard !content.requests.isIdentical(to: state.content.requests) else { return [] }
        var found: [RequestID] = []
        for (id, request) in content.requests {
            guard let old = state.content.requests[id], looksAlike(old, request) else {
                found.append(id)
                continue
            }
        }
        return found.sorted()
    }

    private static func owners(_ requests: some Sequence<JobRequest>) -> [NodeID: Int] {
        requests.reduce(into: [:]) { counts, request in
            if let owner = request.owner { counts[owner, default: 0] += 1 }
        }
    }

    /// A cheap look at what every change of a request would show.
    static func looksAlike(_ old: JobRequest, _ new: JobRequest) -> Bool {
        old.state == new.state && old.epoch == new.epoch && old.handleStatus == new.handleStatus
            && old.attempt == new.attempt && old.lastCheckIn == new.lastCheckIn && old.owner == new.owner
            && old.stateChangeTime == new.stateChangeTime && old.deletedTime == new.deletedTime
            && old.scheduledTime == new.scheduledTime && old.kinship == new.kinship
    }
}

extension StoreCommit {
    /// Requests that the commit may change; nil where only the stored ones tell.
    fileprivate var touched: Set<RequestID>? {
        switch self {
        case .submission(let request, _, _): [request.id]
        case .commands(_, let results), .timers(let results): Set(results.flatMap(\.changes).map(\.request.id))
        case .claim, .purgeAdvanced: nil
        case .sweep(_, let sweep): Set(sweep.changes.map(\.request.id))
        case .record, .join, .renewal, .leave, .quiescence, .lead, .purgeBegun, .removal: []
        }
    }
}

extension Dictionary {
    /// Whether both are one storage, and so equal; false tells nothing.
    fileprivate func isIdentical(to other: Self) -> Bool {
        unsafeBitCast(self, to: UInt.self) == unsafeBitCast(other, to: UInt.self)
    }
}
