extension DispatchPass {
    /// Starts what has been READY for longer than the threshold, whatever its priority, longest first (runtime §4).
    mutating func startStarving(in transaction: inout some RequestTransaction) throws {
        let limit = max(1, claim.limit)
        let known = passedOver
        let found = try transaction.longestReady(limit: limit, without: known)
        _ = passOver(found, known)
        let open = found.filter { admits($0) && !leftAside.contains($0.id) }
        let now = transaction.now
        let threshold = context.settings.starvationThreshold
        let starving = open.filter { $0.readyTime.map { $0 + threshold <= now } ?? false }
        result.starving = starving.count
        // What becomes READY after this look does not starve before a whole threshold has passed: as long as nothing
        // starves, looks are rare.
        result.starvesFrom = max(now, (open.first?.readyTime ?? now) + threshold)
        let chosen = starving.prefix(claim.limit)
        let epochs = try transaction.nextEpochs(chosen.count)
        var changed: Set<RequestID> = []
        for (request, epoch) in zip(chosen, epochs) where !changed.contains(request.id) {
            guard running.count < claim.limit else { return }
            changed.formUnion(try take(request, epoch: epoch, in: &transaction).map(\.request.id))
        }
    }
}
