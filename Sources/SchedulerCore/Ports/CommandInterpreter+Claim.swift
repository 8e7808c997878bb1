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
        var result = ClaimResult()
        result.standing = try transaction.standing(of: claim.node)
        guard result.standing == .active else { return result }
        var running: [JobRequest] = []
        var rights = StartRights(context.catalogue)
        while running.count < claim.limit {
            let limit = claim.limit - running.count + result.skipped.count
            let known = claim.without.union(result.passedOver)
            let found = try transaction.dispatchCandidates(limit: limit, without: known)
            let isNew = passOver(found, claim, &result)
            let candidates = found.filter {
                !result.skipped.contains($0.id) && claim.admission.admits($0.facts.workClass)
            }
            // Behind rows of a class that is not the node's there may be others that are.
            guard !candidates.isEmpty else { if isNew { continue } else { break } }
            let epochs = try transaction.nextEpochs(candidates.count)
            for (candidate, epoch) in zip(candidates, epochs) {
                if let changes = try holdBack(candidate, context: context, in: &transaction) {
                    result.changes += changes
                    continue
                }
                let event = startEvent(of: candidate, epoch: epoch, claim: claim, rights: &rights)
                let command = RequestCommand(candidate.id, event)
                let outcome = try perform(command, on: candidate, context: context, in: &transaction)
                guard let request = outcome.request, outcome.outcome == .applied else {
                    result.skipped.append(candidate.id)
                    continue
                }
                // What needs no thread, such as the steps of a set, is told like any other change.
                if request.state == .running, request.owner != nil { running.append(request) }
                result.changes += outcome.changes.filter { $0.request.id != request.id || request.owner == nil }
            }
        }
        let parameters = try transaction.parameters(of: running.map(\.id))
        result.started = running.map { ClaimedRequest(request: $0, parameters: parameters[$0.id] ?? []) }
        if running.count == claim.limit {
            let passedOver = claim.without.union(result.passedOver)
            for request in try transaction.dueWaiting(limit: claim.readyLimit, without: passedOver) {
                guard claim.admission.admits(request.facts.workClass) else { continue }
                if let changes = try holdBack(request, context: context, in: &transaction) {
                    result.changes += changes
                    continue
                }
                let command = RequestCommand(request.id, .dueWithoutSlot)
                result.changes += try perform(command, on: request, context: context, in: &transaction).changes
            }
        }
        return result
    }

    /// Notes classes that are not the node's.
    ///
    /// - Returns: whether there was one that it had not known.
    private static func passOver(_ found: [JobRequest], _ claim: Claim, _ result: inout ClaimResult) -> Bool {
        let before = result.passedOver.count
        for request in found where !claim.admission.admits(request.facts.workClass) {
            result.passedOver.insert(request.facts.workClass)
        }
        return result.passedOver.count > before
    }

    private static func startEvent(
        of request: JobRequest,
        epoch: AttemptEpoch,
        claim: Claim,
        rights: inout StartRights
    ) -> RequestEvent {
        if request.state == .paused { return .resume(epoch: epoch, node: claim.node, processor: claim.processor) }
        if let refusal = rights.refusal(of: request) { return .userUnusable(refusal.cause, text: refusal.text) }
        return .start(epoch: epoch, node: claim.node, processor: claim.processor)
    }
}
