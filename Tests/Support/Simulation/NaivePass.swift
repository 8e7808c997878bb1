import SchedulerCore

/// A dispatch pass as it must go: every request that is due has its turn in rank order, as family, assignments and lock
/// table stand then (runtime §7.3).
///
/// Starts are foretold. That the pass has ended something it tells itself, by what is stored after it: but only in the
/// turn that can end it, and nothing that hangs on the end comes before.
struct NaivePass {
    /// A request that is due, and what its turn begins with.
    struct Turn {
        let request: JobRequest
        /// An earlier instance is in its way.
        let isHindered: Bool
        let isExpired: Bool
    }

    /// What the assignments of the node leave.
    private(set) var work: NaiveWorkPass
    private let before: MemoryContent
    private let after: MemoryContent
    /// Requests as they stand in the pass.
    private var current: [RequestID: JobRequest]
    private var locks: LockView
    private let assignments: NaiveWork
    /// Keys of which something was given up in the pass: who waits for them was tested anew.
    private var freedKeys: Set<String> = []
    /// Those whose turn has changed nothing that counts, until something ends.
    private var passed: Set<RequestID> = []
    /// READY for longer than this comes first, until nothing of that may start any more; nil = nothing does.
    private var starvation: Duration?
    /// Whether the request that was foretold last starves and comes before a better-ranked one that might start.
    private(set) var hasOvertaken = false

    init(
        _ work: NaiveWorkPass,
        _ assignments: NaiveWork,
        starvation: Duration?,
        before: MemoryContent,
        after: MemoryContent
    ) {
        self.work = work
        self.assignments = assignments
        self.starvation = starvation
        self.before = before
        self.after = after
        current = before.requests
        locks = LockView(before.requests, after, assignments)
    }

    /// The best-ranked request that may start now, once all ahead of it have had their turn; nil where none may.
    mutating func next(_ state: Auditor.State) -> JobRequest? {
        hasOvertaken = false
        if starvation != nil {
            if let first = nextInTurn(state) {
                var plain = self
                plain.starvation = nil
                hasOvertaken = plain.nextInTurn(state)?.id != first.id
                return first
            }
            starvation = nil
        }
        return nextInTurn(state)
    }

    /// As long as it is for those that starve theirs alone, longest first.
    private func turns(_ state: Auditor.State) -> [Turn] {
        let all = Auditor.turns(state, current, after.lastTime)
        guard let starvation else { return all }
        let starving = all.compactMap { turn -> (since: Timestamp, turn: Turn)? in
            guard turn.request.state == .ready, let since = state.lives[turn.request.id]?.readySince,
                since + starvation <= after.lastTime
            else { return nil }
            return (since, turn)
        }
        return starving.sorted { ($0.since, $0.turn.request.id) < ($1.since, $1.turn.request.id) }.map(\.turn)
    }

    private mutating func nextInTurn(_ state: Auditor.State) -> JobRequest? {
        var turns = self.turns(state)
        var index = 0
        while index < turns.count {
            let turn = turns[index]
            index += 1
            guard !passed.contains(turn.request.id) else { continue }
            // Nobody looks at it before what it waits for is free.
            if turn.request.state == .blocked, locks.hinders(turn.request) { continue }
            if locks.awaitsTest(turn.request), locks.keys(of: turn.request).isDisjoint(with: freedKeys) { continue }
            // An earlier pass has kept it back: its timer ends it.
            if turn.isHindered, turn.isExpired, turn.request.kinship.gate == .earlierInstance { continue }
            // What has expired has no successor's rights.
            if turn.isHindered, !turn.isExpired {
                passed.insert(turn.request.id)
                guard holdBack(turn.request, state) else { continue }
            } else {
                guard work.mayTake(turn.request) else { continue }
                let needsLocks = turn.request.state != .paused && turn.request.state != .completed
                if needsLocks, locks.hinders(turn.request) {
                    guard wait(turn.request) else { continue }
                } else if needsLocks, !state.metadata.isUsable(turn.request) {
                    passed.insert(turn.request.id)
                    guard isRefused(turn.request.id) else { continue }
                    freedKeys.formUnion(locks.keys(of: turn.request))
                    end(turn.request.id)
                } else if turn.isExpired {
                    // By the pass, or later by its timer where an earlier pass has kept it back.
                    passed.insert(turn.request.id)
                    guard after.requests[turn.request.id]?.state == .expired else { continue }
                    end(turn.request.id)
                } else {
                    return turn.request
                }
            }
            turns = self.turns(state)
            index = 0
        }
        return nil
    }

    /// A start hinders others of its family, or makes them: steps of a set, and the instance after one.
    mutating func start(_ started: JobRequest) {
        var started = started
        // It may have ended in the same pass.
        if started.state != .completed { started.state = .running }
        current[started.id] = started
        work.note(started)
        if started.facts.executor == nil, started.state == .running {
            let isSerial = started.facts.executionMode == .serial
            for step in newborn(below: started.id).prefix(isSerial ? 1 : .max) { bear(step) }
        }
        if started.lineage.type.isRecurringInstance { bearNext(below: started.lineage.parentID) }
        locks = LockView(current, after, assignments)
    }

    /// How a request stands in the way of others or behind them, for messages.
    func place(of request: JobRequest) -> String {
        let request = current[request.id] ?? request
        let blockers = locks.blockers(of: request).map { "\($0.id) \($0.state.rawValue)" }
        return "\(request.id) \(request.state.rawValue) \(request.kinship.lockStanding) of "
            + "\(request.facts.definitionID.name), then \(after.requests[request.id]?.state.rawValue ?? "gone"), "
            + "behind \(blockers), slot \(locks.lacksSlot(request)), \(work.choice(request))"
    }

    // MARK: - Turns that start nothing

    /// - Returns: whether an end of something may let others start.
    private mutating func holdBack(_ request: JobRequest, _ state: Auditor.State) -> Bool {
        if after.requests[request.id]?.state == .expired {
            end(request.id)
            return true
        }
        let earlier = current.values.filter { other in
            let next = after.requests[other.id]
            return other.lineage.parentID == request.lineage.parentID && other.id != request.id
                && state.lives[other.id]?.hasStarted == true && !other.state.isTerminal && other.state != .cancelling
                && next?.epoch == other.epoch && (next?.state == .cancelled || next?.state == .cancelling)
        }
        for other in earlier { takeOver(treeBelow: other.id) }
        guard !earlier.isEmpty else { return false }
        changed()
        return true
    }

    /// - Returns: whether its waiting has closed a circle, which was broken.
    private mutating func wait(_ request: JobRequest) -> Bool {
        passed.insert(request.id)
        var waiter = request
        let waitsForSlot = locks.blockers(of: request).isEmpty
        waiter.state = waitsForSlot ? .ready : .blocked
        waiter.kinship.lockStanding = .queued
        waiter.kinship.gate = waitsForSlot ? .slot : nil
        current[request.id] = waiter
        locks.wait(waiter)
        // Another one may close a circle later in the pass.
        let stuck = Set(locks.stuck().map(\.id))
        let broken = current.values.filter { !$0.state.isTerminal && stuck.contains($0.id) && endedInCircle($0.id) }
        for other in broken { end(other.id) }
        return !broken.isEmpty
    }

    private func endedInCircle(_ id: RequestID) -> Bool { hasPassed(id, .lockCycle) }

    private func isRefused(_ id: RequestID) -> Bool { hasPassed(id, .userUnusable) }

    private func hasPassed(_ id: RequestID, _ event: RequestEventKind) -> Bool {
        (after.history[id] ?? []).dropFirst(before.history[id]?.count ?? 0).contains { $0.event == event }
    }

    // MARK: - Ends

    /// Takes over the end of a request, with what that means for those above.
    private mutating func end(_ id: RequestID) {
        guard current[id]?.state.isTerminal == false else { return }
        takeOver(id)
        defer { changed() }
        guard let ended = current[id], ended.state.isTerminal, let parentID = ended.lineage.parentID,
            let parent = current[parentID]
        else { return }
        if ended.lineage.type == .jobSetStep, parent.facts.executionMode == .serial {
            for step in newborn(below: parentID).prefix(1) { bear(step) }
        }
        if ended.lineage.type.isRecurringInstance { bearNext(below: parentID) }
        let lives = current.values.contains { $0.lineage.parentID == parentID && !$0.state.isTerminal }
        let endsWithLast = parent.state == .cancelling || (parent.state == .running && parent.facts.executor == nil)
        if !lives, endsWithLast { end(parentID) }
    }

    private mutating func takeOver(treeBelow id: RequestID) {
        takeOver(id)
        for child in current.values where child.lineage.parentID == id && !child.state.isTerminal {
            takeOver(treeBelow: child.id)
        }
    }

    private mutating func takeOver(_ id: RequestID) {
        guard var stored = after.requests[id], let former = current[id] else { return }
        if stored.epoch != former.epoch {
            // A set that has come to its end, and is post-processed in the same pass.
            guard former.facts.executor == nil, stored.state == .completed else { return }
            stored.epoch = former.epoch
            stored.owner = nil
        }
        current[id] = stored
    }

    private mutating func changed() {
        passed = []
        let former = locks
        locks = LockView(current, after, assignments)
        freedKeys.formUnion(former.keysGivenUp(in: locks))
    }

    // MARK: - Births

    /// What the pass has made below a request and is not yet born, in order of the numbers.
    private func newborn(below parent: RequestID) -> [JobRequest] {
        after.requests.values.filter { $0.lineage.parentID == parent && current[$0.id] == nil }.sorted { $0.id < $1.id }
    }

    /// As it was made, whatever the pass has done to it since.
    private mutating func bear(_ made: JobRequest) {
        var made = made
        made.state = .wait
        made.epoch = nil
        made.owner = nil
        made.kinship.lockStanding = .none
        made.kinship.gate = nil
        current[made.id] = made
    }

    /// An instance is made with the change by which the one before leaves the pending states for the first time.
    private mutating func bearNext(below parent: RequestID?) {
        guard let parent, let made = newborn(below: parent).first else { return }
        bear(made)
    }
}
