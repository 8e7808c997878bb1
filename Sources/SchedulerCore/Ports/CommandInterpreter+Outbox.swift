/// Subscriptions, and the entries of the outbox that share the transaction of an event (REST §5.8, runtime §9.5).
extension CommandInterpreter {
    /// Puts what a change owes to those who listen into the outbox. Nothing is asked of the store for a request that
    /// nobody listens to.
    static func tell(
        _ before: JobRequest,
        _ after: inout JobRequest,
        steps: [TransitionStep],
        in transaction: inout some RequestTransaction
    ) throws {
        guard !after.kinship.audience.isEmpty else { return }
        let entries = OutboxEntries.make(before, &after, steps: steps, now: transaction.now)
        if !entries.isEmpty { try transaction.append(entries) }
    }

    /// Gives a request a subscription, or takes it away with what it has not delivered yet. The living instances of a
    /// recurring parent learn of it.
    ///
    /// - Returns: the instances that were changed.
    static func setCallback(
        _ callback: CallbackSubscription?,
        of request: JobRequest,
        in transaction: inout some RequestTransaction
    ) throws -> [RequestChange] {
        try transaction.replaceCallback(of: request.id, with: callback)
        if callback == nil { try transaction.dropCallbacks(of: request.id) }
        guard request.lineage.type.isRecurringParent, request.kinship.liveChildren > 0 else { return [] }
        let hasCallback = callback != nil
        return try transaction.liveChildren(of: [request.id])
            .filter { $0.kinship.audience.hasParentCallback != hasCallback }
            .map { child in
                var decision = Decision(child)
                decision.request.kinship.audience.hasParentCallback = hasCallback
                return RequestChange(try save(decision, over: child, in: &transaction))
            }
    }
}
