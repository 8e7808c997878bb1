extension CommandInterpreter {
    /// One dispatch pass: starts the best-ranked due requests, makes the rest of the due ones READY.
    ///
    /// A candidate that cannot be started is passed over and told; it keeps no other from starting. A node without a
    /// lease gets nothing: what it started would at once be taken from it. A quiesced one starts nothing.
    package static func claim(
        _ claim: Claim,
        context: DecisionContext,
        in transaction: inout some RequestTransaction
    ) throws -> ClaimResult {
        var pass = DispatchPass(claim, context)
        pass.result.standing = try transaction.standing(of: claim.node)
        guard pass.result.standing == .active else { return pass.result }
        pass.begin(at: transaction.now)
        if let from = claim.starvesFrom, from <= transaction.now { try pass.startStarving(in: &transaction) }
        while pass.running.count < claim.limit, pass.looks < Limits.dispatchCandidates {
            let free = claim.limit - pass.running.count
            let known = pass.passedOver
            let found = try transaction.dispatchCandidates(
                limit: free + pass.leftAside.count + pass.reach,
                without: known
            )
            let isNew = pass.passOver(found, known)
            let candidates = found.filter { !pass.leftAside.contains($0.id) && pass.admits($0) }.prefix(free)
            // Behind rows of a class that is not the node's there may be others that are.
            guard !candidates.isEmpty else { if isNew { continue } else { break } }
            pass.looks += candidates.count
            let epochs = try transaction.nextEpochs(candidates.count)
            for (candidate, epoch) in zip(candidates, epochs) {
                let changes = try pass.take(candidate, epoch: epoch, in: &transaction)
                if pass.isStale(after: changes, of: candidate, among: candidates, now: transaction.now) { break }
            }
        }
        let running = pass.running
        let parameters = try transaction.parameters(of: running.map(\.id))
        pass.result.started = running.map { ClaimedRequest(request: $0, parameters: parameters[$0.id] ?? []) }
        if running.count == claim.limit || !pass.work.full.isEmpty { try pass.makeReady(in: &transaction) }
        pass.result.hasMore = pass.looks >= Limits.dispatchCandidates
        return pass.result
    }
}

/// What a dispatch pass has done so far.
struct DispatchPass {
    let claim: Claim
    let context: DecisionContext
    var result = ClaimResult()
    var running: [JobRequest] = []
    /// Candidates that it has looked at.
    var looks = 0
    /// Candidates that are not to be looked at again in this pass.
    var leftAside: Set<RequestID> = []
    /// How much further than to the free threads the pass looks, since it met only what is not the node's.
    var reach = 0
    /// What the node's assignments allow.
    var work: DispatchWork
    /// Trees of which the pass has started something.
    private var startedTrees: Set<RequestID> = []
    private var rights: StartRights

    init(_ claim: Claim, _ context: DecisionContext) {
        self.claim = claim
        self.context = context
        rights = StartRights(context.catalogue)
        work = DispatchWork()
    }

    /// Takes up the plan of the moment. What the claim passes over was so by the plan that the node knows.
    mutating func begin(at now: Timestamp) {
        work = DispatchWork(claim, context, now: now)
        result.plan = work.plan
    }

    /// Classes of work that the pass does not ask for: not the node's, or without a free share for now.
    var passedOver: Set<WorkClass> { claim.without.union(result.passedOver).union(work.full) }

    /// The class for which the node passes over a request; nil where it takes it.
    mutating func refusedClass(_ request: JobRequest) -> WorkClass? {
        guard claim.admission.admits(request.facts.workClass) else { return request.facts.workClass }
        return work.closed(request)
    }

    mutating func admits(_ request: JobRequest) -> Bool { refusedClass(request) == nil }

    /// Notes classes that are not the node's. What comes although its class is not asked for, since its row is older
    /// than groups are, is left aside by itself.
    ///
    /// - Returns: whether there was one that it had not known.
    mutating func passOver(_ found: [JobRequest], _ known: Set<WorkClass>) -> Bool {
        var isNew = false
        for request in found where !leftAside.contains(request.id) {
            if let refused = refusedClass(request) {
                isNew = true
                if known.contains(refused) {
                    leftAside.insert(request.id)
                } else {
                    result.passedOver.insert(refused)
                }
            } else if !known.isEmpty, known.contains(WorkClass(request.workGroup)) {
                isNew = true
                leftAside.insert(request.id)
            }
        }
        reach = isNew ? min(max(1, 2 * reach), DispatchPass.reachMax) : 0
        return isNew
    }

    /// Most rows that a pass reads, and locks, beyond its free threads.
    private static let reachMax = 256

    /// Starts a candidate, or does what is due to it instead.
    ///
    /// - Returns: all that this changed.
    mutating func take(
        _ candidate: JobRequest,
        epoch: AttemptEpoch,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        if let changes = try holdBack(candidate, in: &transaction) { return changes }
        guard case .accepted(let grant) = try work.decide(candidate, in: &transaction) else { return [] }
        var candidate = candidate
        if candidate.takesLocksAtStart {
            switch try CommandInterpreter.takeLocks(candidate, context: context, in: &transaction) {
            case .start(let request): candidate = request
            case .later:
                leftAside.insert(candidate.id)
                return []
            case .kept(let changes):
                let all = try changes + CommandInterpreter.retestWaiters(context: context, in: &transaction)
                result.changes += all
                return all
            }
        }
        let command = RequestCommand(candidate.id, startEvent(of: candidate, epoch: epoch, work: grant))
        let outcome = try CommandInterpreter.perform(command, on: candidate, context: context, in: &transaction)
        guard let request = outcome.request, outcome.outcome == .applied else {
            if candidate.takesLocksAtStart { try CommandInterpreter.returnLocks(of: candidate, in: &transaction) }
            result.skipped.append(candidate.id)
            leftAside.insert(candidate.id)
            return []
        }
        // What needs no thread, such as the steps of a set, is told like any other change.
        if request.state == .running || request.state == .completed {
            startedTrees.insert(request.lineage.absParentID)
            work.note(request)
            if request.owner != nil { running.append(request) }
        }
        result.changes += outcome.changes.filter { $0.request.id != request.id || request.owner == nil }
        return outcome.changes
    }

    /// Whether what was read may have changed with a candidate, or something better ranked come to be due: the
    /// candidate itself, where what stood in its way has ended with it.
    func isStale(
        after changes: [RequestChange],
        of candidate: JobRequest,
        among candidates: ArraySlice<JobRequest>,
        now: Timestamp
    ) -> Bool {
        changes.contains { change in
            change.request.dispatchTime.map { $0 <= now } ?? false
                || (change.request.id != candidate.id && candidates.contains { $0.id == change.request.id })
        }
    }

    /// Due requests that found no thread.
    mutating func makeReady(in transaction: inout some RequestTransaction) throws {
        var changed: Set<RequestID> = []
        // Those that were met go first: the store then no longer counts them among the rest.
        let met = work.waiting.prefix(claim.readyLimit)
        for id in met.map(\.id) {
            // Relatives may have changed it since.
            guard let request = try transaction.request(id), request.state == .wait,
                let due = request.dispatchTime, due <= transaction.now
            else { continue }
            try makeReady(request, &changed, in: &transaction)
        }
        let rest = try transaction.dueWaiting(
            limit: claim.readyLimit - met.count,
            without: claim.without.union(result.passedOver)
        )
        for request in rest { try makeReady(request, &changed, in: &transaction) }
    }

    private mutating func makeReady(
        _ request: JobRequest,
        _ changed: inout Set<RequestID>,
        in transaction: inout some RequestTransaction
    ) throws {
        guard !leftAside.contains(request.id), !changed.contains(request.id), admits(request) else { return }
        if let changes = try holdBack(request, in: &transaction) {
            changed.formUnion(changes.map(\.request.id))
            return
        }
        let command = RequestCommand(request.id, .dueWithoutSlot)
        result.changes += try CommandInterpreter.perform(command, on: request, context: context, in: &transaction)
            .changes
    }

    /// - Returns: what it changed that the candidate may not start; nil where it may.
    private mutating func holdBack(
        _ candidate: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange]? {
        // What this pass has started is not ended by it as well: its node learns of the start only afterwards.
        let maySpare = startedTrees.contains(candidate.lineage.absParentID)
        let changes = try CommandInterpreter.holdBack(
            candidate,
            sparesEarlier: maySpare,
            context: context,
            in: &transaction
        )
        guard let changes else { return nil }
        if changes.isEmpty { leftAside.insert(candidate.id) }
        let all = try changes + CommandInterpreter.retestWaiters(context: context, in: &transaction)
        result.changes += all
        return all
    }

    private mutating func startEvent(
        of request: JobRequest,
        epoch: AttemptEpoch,
        work: WorkGrant?
    ) -> RequestEvent {
        if request.state == .completed {
            return .postProcess(epoch: epoch, node: claim.node, processor: claim.processor)
        }
        if request.state == .paused {
            return .resume(epoch: epoch, node: claim.node, processor: claim.processor, work: work)
        }
        if let refusal = rights.refusal(of: request) { return .userUnusable(refusal.cause, text: refusal.text) }
        return .start(epoch: epoch, node: claim.node, processor: claim.processor, work: work)
    }
}
