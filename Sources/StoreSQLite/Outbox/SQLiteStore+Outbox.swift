package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func pollOutbox(limit: Int) async throws -> OutboxPoll {
        let now = writer.now()
        return try await readers.read { session in
            let query = try session.statements.statement(OutboxQueries.due)
            query.bind(now.milliseconds)
            query.bind(limit)
            let due = try query.rows { try OutboxCodec.due(row: $0) }
            let next = try session.statements.statement(OutboxQueries.next)
            next.bind(now.milliseconds)
            let instant = try next.firstRow { Timestamp(milliseconds: $0.integer()) }
            return OutboxPoll(due: due, next: instant, now: now)
        }
    }

    package func settle(
        _ outcome: DeliveryOutcome,
        of entry: OutboxEntry,
        terms: DeliveryTerms
    ) async throws -> OutboxEntry? {
        try await transact { transaction in
            try OutboxInterpreter.settle(outcome, of: entry, terms: terms, in: &transaction)
        }
    }

    package func deliveries(of id: RequestID) async throws -> [OutboxEntry] {
        try await readers.read { session in
            let query = try session.statements.statement(OutboxQueries.ofRequest)
            query.bind(id.value)
            return try query.rows { try OutboxCodec.entry(row: $0) }
        }
    }

    package func redeliver(
        _ key: OutboxKey,
        audit: AuditEntry?,
        call: IdempotentCall?
    ) async throws -> OutboxEntry? {
        try await transact { try OutboxInterpreter.redeliver(key, audit: audit, call: call, in: &$0) }
    }

    package func outboxBacklog() async throws -> OutboxBacklog {
        try await readers.read { session in
            let query = try session.statements.statement(OutboxQueries.backlog)
            let backlog = try query.firstRow { row in
                OutboxBacklog(
                    count: Int(clamping: row.integer()),
                    oldest: row.optionalInteger().map { Timestamp(milliseconds: $0) }
                )
            }
            return backlog ?? OutboxBacklog(count: 0, oldest: nil)
        }
    }
}
