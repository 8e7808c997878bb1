/// Events on their way to those who asked to be told (runtime §9.5). Entries are made by the changes of requests; here
/// they are read and settled. All calls throw `StoreFault`.
package protocol OutboxStore: Sendable {
    /// Entries that may be tried now: due, and the oldest pending one of their request and channel.
    ///
    /// - Parameter limit: at most so many, those that have been due for longest first.
    /// - Returns: what is due, and when the next will be.
    /// - Throws: `StoreFault`.
    func pollOutbox(limit: Int) async throws -> OutboxPoll

    /// Keeps what came of a try. After a lost answer a repeat counts as another try.
    ///
    /// - Parameters:
    ///   - outcome: of the try.
    ///   - entry: as it was read for the try; where it was settled since, nothing changes.
    ///   - terms: how long an entry is tried, and with what pauses.
    /// - Returns: the entry as it is stored now; nil if it is gone.
    /// - Throws: `StoreFault`.
    func settle(_ outcome: DeliveryOutcome, of entry: OutboxEntry, terms: DeliveryTerms) async throws -> OutboxEntry?

    /// All entries of a request, oldest first; of a deleted one too.
    func deliveries(of id: RequestID) async throws -> [OutboxEntry]

    /// Makes an entry due at once, with a new horizon, whatever became of it.
    ///
    /// - Parameters:
    ///   - key: of the entry.
    ///   - audit: record to write with it; nil for none.
    ///   - call: recorded with it; nil for one without a key.
    /// - Returns: as it is stored now; nil if there is none.
    /// - Throws: ESS-01054 where the call's key has been used; `StoreFault`.
    func redeliver(_ key: OutboxKey, audit: AuditEntry?, call: IdempotentCall?) async throws -> OutboxEntry?

    /// How much is pending.
    func outboxBacklog() async throws -> OutboxBacklog
}

extension OutboxStore {
    /// The same for a call without a key.
    package func redeliver(_ key: OutboxKey, audit: AuditEntry?) async throws -> OutboxEntry? {
        try await redeliver(key, audit: audit, call: nil)
    }
}

/// What a look at the outbox found.
package struct OutboxPoll: Hashable, Sendable {
    package var due: [DueDelivery]
    /// When the next of those that are not due yet is; nil = there are none.
    package var next: Timestamp?
    /// Store time of the look.
    package var now: Timestamp

    package init(due: [DueDelivery], next: Timestamp?, now: Timestamp) {
        self.due = due
        self.next = next
        self.now = now
    }
}

/// An entry with what its receiver is found by.
package struct DueDelivery: Hashable, Sendable {
    package let entry: OutboxEntry
    /// Of a callback; nil where the subscription is gone.
    package let callback: CallbackSubscription?
    /// Of a listener: the request's parameters.
    package let parameters: [Parameter]
    /// Of the request; nil where it has none.
    package let trace: String?

    package init(entry: OutboxEntry, callback: CallbackSubscription?, parameters: [Parameter], trace: String?) {
        self.entry = entry
        self.callback = callback
        self.parameters = parameters
        self.trace = trace
    }
}

/// How much is pending.
package struct OutboxBacklog: Hashable, Sendable {
    package let count: Int
    /// When the oldest pending entry began.
    package let oldest: Timestamp?

    package init(count: Int, oldest: Timestamp?) {
        self.count = count
        self.oldest = oldest
    }
}
