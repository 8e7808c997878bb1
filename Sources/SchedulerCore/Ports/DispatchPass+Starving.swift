extension DispatchPass {
    /// Starts what has been READY for longer than the threshold, whatever its priority, longest first (runtime §4).
    ///
    /// What cannot start gives its place to what starves next.
    mutating func startStarving(in transaction: inout some RequestTransaction) throws {
        let now = transaction.now
        let threshold = context.settings.starvationThreshold
        var met: Set<RequestID> = []
        while looks < Limits.dispatchCandidates {
            let room = max(1, claim.limit - running.count)
            let known = passedOver
            let found = try transaction.longestReady(limit: room + leftAside.count + reach, without: known)
            let isNew = passOver(found, known)
            let open = found.filter { !leftAside.contains($0.id) && admits($0) }
            // Behind rows of a class that is not the node's there may be others that are.
            if open.isEmpty, isNew { continue }
            // What becomes READY after this look does not starve before a whole threshold has passed: as long as
            // nothing starves, looks are rare.
            let next = max(now, (open.first?.readyTime ?? now) + threshold)
            result.starvesFrom = result.starvesFrom ?? min(next, now + Self.longestBlindness)
            let starving = open.filter { $0.readyTime.map { $0 + threshold <= now } ?? false }.prefix(room)
            met.formUnion(starving.map(\.id))
            looks += starving.count
            guard !starving.isEmpty, running.count < claim.limit else { break }
            let epochs = try transaction.nextEpochs(starving.count)
            for (request, epoch) in zip(starving, epochs) {
                let changes = try take(request, epoch: epoch, in: &transaction)
                if isStale(after: changes, of: request, among: starving, now: now) { break }
            }
        }
        result.starving = met.count
    }

    /// No look tells what will count for it: the threshold may change, and what waits for a slot or an earlier instance
    /// is READY for long when that comes free.
    private static let longestBlindness: Duration = .seconds(60)
}
