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
        while pass.running.count < claim.limit {
            let free = claim.limit - pass.running.count
            let found = try transaction.dispatchCandidates(
                limit: free + pass.leftAside.count,
                without: pass.passedOver
            )
            let isNew = pass.passOver(found)
            let candidates = found.filter { !pass.leftAside.contains($0.id) && pass.admits($0) }.prefix(free)
            // Behind rows of a class that is not the node's there may be others that are.
            guard !candidates.isEmpty else { if isNew { continue } else { break } }
            let epochs = try transaction.nextEpochs(candidates.count)
            for (candidate, epoch) in zip(candidates, epochs) {
                let changes = try pass.take(candidate, epoch: epoch, in: &transaction)
                // What was read may have changed with it, or something better ranked come to be due.
                let isStale = changes.contains { change in
                    change.request.id != candidate.id
                        && (change.request.dispatchTime.map { $0 <= transaction.now } ?? false
                            || candidates.contains { $0.id == change.request.id })
                }
                if isStale { break }
            }
        }
        let running = pass.running
        let parameters = try transaction.parameters(of: running.map(\.id))
        pass.result.started = running.map { ClaimedRequest(request: $0, parameters: parameters[$0.id] ?? []) }
        if running.count == claim.limit { try pass.makeReady(in: &transaction) }
        return pass.result
    }
}

/// What a dispatch pass has done so far.
private struct DispatchPass {
    let claim: Claim
    let context: DecisionContext
    var result = ClaimResult()
    var running: [JobRequest] = []
    /// Candidates that are not to be looked at again in this pass.
    var leftAside: Set<RequestID> = []
    /// Trees of which the pass has started something.
    private var startedTrees: Set<RequestID> = []
    private var rights: StartRights

    init(_ claim: Claim, _ context: DecisionContext) {
        self.claim = claim
        self.context = context
        rights = StartRights(context.catalogue)
    }

    /// Classes of work that are known not to be the node's.
    var passedOver: Set<WorkClass> { claim.without.union(result.passedOver) }

    func admits(_ request: JobRequest) -> Bool { claim.admission.admits(request.facts.workClass) }

    /// Notes classes that are not the node's.
    ///
    /// - Returns: whether there was one that it had not known.
    mutating func passOver(_ found: [JobRequest]) -> Bool {
        let before = result.passedOver.count
        for request in found where !admits(request) { result.passedOver.insert(request.facts.workClass) }
        return result.passedOver.count > before
    }

    /// Starts a candidate, or does what is due to it instead.
    ///
    /// - Returns: all that this changed.
    mutating func take(
        _ candidate: JobRequest,
        epoch: AttemptEpoch,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        if let changes = try holdBack(candidate, in: &transaction) { return changes }
        let command = RequestCommand(candidate.id, startEvent(of: candidate, epoch: epoch))
        let outcome = try CommandInterpreter.perform(command, on: candidate, context: context, in: &transaction)
        guard let request = outcome.request, outcome.outcome == .applied else {
            result.skipped.append(candidate.id)
            leftAside.insert(candidate.id)
            return []
        }
        // What needs no thread, such as the steps of a set, is told like any other change.
        if request.state == .running || request.state == .completed {
            startedTrees.insert(request.lineage.absParentID)
            if request.owner != nil { running.append(request) }
        }
        result.changes += outcome.changes.filter { $0.request.id != request.id || request.owner == nil }
        return outcome.changes
    }

    /// Due requests that found no thread.
    mutating func makeReady(in transaction: inout some RequestTransaction) throws {
        var changed: Set<RequestID> = []
        for request in try transaction.dueWaiting(limit: claim.readyLimit, without: passedOver)
        where !leftAside.contains(request.id) && !changed.contains(request.id) && admits(request) {
            if let changes = try holdBack(request, in: &transaction) {
                changed.formUnion(changes.map(\.request.id))
                continue
            }
            let command = RequestCommand(request.id, .dueWithoutSlot)
            let outcome = try CommandInterpreter.perform(command, on: request, context: context, in: &transaction)
            result.changes += outcome.changes
        }
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
        if let changes, changes.isEmpty { leftAside.insert(candidate.id) }
        result.changes += changes ?? []
        return changes
    }

    private mutating func startEvent(of request: JobRequest, epoch: AttemptEpoch) -> RequestEvent {
        if request.state == .completed {
            return .postProcess(epoch: epoch, node: claim.node, processor: claim.processor)
        }
        if request.state == .paused { return .resume(epoch: epoch, node: claim.node, processor: claim.processor) }
        if let refusal = rights.refusal(of: request) { return .userUnusable(refusal.cause, text: refusal.text) }
        return .start(epoch: epoch, node: claim.node, processor: claim.processor)
    }
}
