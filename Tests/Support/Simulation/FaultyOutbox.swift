package import SchedulerCore
import Synchronization

/// An outbox whose writes fail now and then, before or after their commit, as one seed decides.
package final class FaultyOutbox<Base: OutboxStore>: OutboxStore {
    private let base: Base
    private let random: Mutex<SeededRandom>
    /// Share of writes, in a hundred, that fail.
    private let share: Int
    private let isHealed = Mutex(false)

    package init(_ base: Base, seed: UInt64, share: Int) {
        self.base = base
        self.share = share
        random = Mutex(SeededRandom(seed: seed))
    }

    package func heal() { isHealed.withLock { $0 = true } }

    package func pollOutbox(limit: Int) async throws -> OutboxPoll { try await base.pollOutbox(limit: limit) }

    package func settle(
        _ outcome: DeliveryOutcome,
        of entry: OutboxEntry,
        terms: DeliveryTerms
    ) async throws -> OutboxEntry? {
        let (fails, isCommitted) = random.withLock { ($0.percent(share), $0.percent(50)) }
        let isFaulty = fails && !isHealed.withLock { $0 }
        if isFaulty, !isCommitted { throw StoreFault("injected before commit", kind: .unavailable) }
        let settled = try await base.settle(outcome, of: entry, terms: terms)
        if isFaulty { throw StoreFault("injected after commit", kind: .unavailable) }
        return settled
    }

    package func deliveries(of id: RequestID) async throws -> [OutboxEntry] { try await base.deliveries(of: id) }

    package func redeliver(
        _ key: OutboxKey,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> OutboxEntry? {
        try await base.redeliver(key, audit: audit, call: call)
    }

    package func outboxBacklog() async throws -> OutboxBacklog { try await base.outboxBacklog() }
}
