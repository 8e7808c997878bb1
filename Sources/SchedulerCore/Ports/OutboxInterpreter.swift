/// The steps of the outbox's own transactions, the same for all stores.
package enum OutboxInterpreter {
    /// See `OutboxStore.settle`.
    package static func settle(
        _ outcome: DeliveryOutcome,
        of tried: OutboxEntry,
        terms: DeliveryTerms,
        in transaction: inout some OutboxTransaction
    ) throws -> OutboxEntry? {
        guard let stored = try transaction.outboxEntry(tried.key) else { return nil }
        // Another leader was quicker, or the subscription was removed meanwhile.
        guard stored.status == .pending, stored.tries == tried.tries else { return stored }
        let settled = OutboxPolicy.settled(stored, outcome, now: transaction.now, terms: terms)
        try transaction.update(settled)
        // Those behind it come when it is tried again, so that no look at what is due meets them in vain.
        if settled.status == .pending {
            try transaction.moveFollowers(of: settled, to: settled.due)
        } else if settled.tries > 1 {
            try transaction.moveFollowers(of: settled, to: transaction.now)
        }
        return settled
    }

    /// See `OutboxStore.redeliver`.
    package static func redeliver(
        _ key: OutboxKey,
        audit: AuditEntry?,
        call: IdempotentCall? = nil,
        in transaction: inout some RequestTransaction
    ) throws -> OutboxEntry? {
        guard var entry = try transaction.outboxEntry(key) else { return nil }
        entry.status = .pending
        entry.since = transaction.now
        entry.due = transaction.now
        try transaction.update(entry)
        if let audit {
            try transaction.append(
                AuditRecord(
                    time: transaction.now,
                    entry: audit,
                    targetKind: "Request",
                    targetID: key.requestID.description,
                    outcome: .ok
                )
            )
        }
        try transaction.record(call, answering: .done)
        return entry
    }
}
