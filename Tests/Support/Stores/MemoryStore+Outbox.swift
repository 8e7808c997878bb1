package import SchedulerCore

/// The outbox of the model: entries by their keys.
extension MemoryStore {
    package func pollOutbox(limit: Int) async throws -> OutboxPoll {
        let now = now()
        let content = snapshot
        let heads = content.outboxHeads
        let due = heads.filter { $0.due <= now }.sorted { left, right in
            (left.due, left.requestID, left.number) < (right.due, right.requestID, right.number)
        }
        return OutboxPoll(
            due: due.prefix(limit).map { entry in
                DueDelivery(
                    entry: entry,
                    callback: entry.channel == .listener ? nil : content.submissions[entry.subscriberID]?.callback,
                    parameters: entry.channel == .listener
                        ? content.submissions[entry.requestID]?.parameters ?? [] : [],
                    trace: content.submissions[entry.requestID]?.facts.trace
                )
            },
            next: heads.map(\.due).filter { $0 > now }.min(),
            now: now
        )
    }

    package func settle(
        _ outcome: DeliveryOutcome,
        of entry: OutboxEntry,
        terms: DeliveryTerms
    ) async throws -> OutboxEntry? {
        try write { transaction, _ in
            try OutboxInterpreter.settle(outcome, of: entry, terms: terms, in: &transaction)
        }
    }

    package func deliveries(of id: RequestID) async throws -> [OutboxEntry] {
        snapshot.outbox.values.filter { $0.requestID == id }.sorted { $0.number < $1.number }
    }

    package func redeliver(
        _ key: OutboxKey,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> OutboxEntry? {
        try write { transaction, _ in
            try OutboxInterpreter.redeliver(key, audit: audit, call: call, in: &transaction)
        }
    }

    package func outboxBacklog() async throws -> OutboxBacklog {
        let pending = snapshot.outbox.values.filter { $0.status == .pending }
        return OutboxBacklog(count: pending.count, oldest: pending.map(\.since).min())
    }
}

extension MemoryContent {
    /// The oldest pending entry of each request and channel.
    package var outboxHeads: [OutboxEntry] {
        let pending = outbox.values.filter { $0.status == .pending }
        return pending.filter { entry in
            !pending.contains {
                $0.requestID == entry.requestID && $0.channel == entry.channel && $0.number < entry.number
            }
        }
    }
}

extension MemoryTransaction {
    package mutating func append(_ entries: [OutboxEntry]) {
        for entry in entries { content.outbox[entry.key] = entry }
    }

    package mutating func outboxEntry(_ key: OutboxKey) -> OutboxEntry? { content.outbox[key] }

    package mutating func update(_ entry: OutboxEntry) { content.outbox[entry.key] = entry }

    package mutating func moveFollowers(of entry: OutboxEntry, to due: Timestamp) {
        for (key, other) in content.outbox
        where other.requestID == entry.requestID && other.channel == entry.channel && other.number > entry.number
            && other.status == .pending
        {
            content.outbox[key]?.due = due
        }
    }

    package mutating func dropCallbacks(of subscriber: RequestID) {
        for (key, entry) in content.outbox
        where entry.subscriberID == subscriber && entry.channel != .listener && entry.status == .pending {
            content.outbox[key]?.status = .dropped
        }
    }

    package mutating func replaceCallback(of id: RequestID, with callback: CallbackSubscription?) {
        content.submissions[id]?.callback = callback
    }
}
