import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func pollOutbox(limit: Int) async throws -> OutboxPoll {
        let now = try await now()
        return try await readers.read { session in
            let due = try session.query(OutboxQueries.due) { parameters in
                parameters.append(now.milliseconds)
                parameters.append(limit)
            }
            .stored { try OutboxCodec.due(row: $0) }
            let next = try session.query(OutboxQueries.next) { $0.append(now.milliseconds) }
                .firstRow { Timestamp(milliseconds: $0.integer()) }
            return OutboxPoll(due: due, next: next, now: now)
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
            try session.query(OutboxQueries.ofRequest) { $0.append(id.value) }.stored { try OutboxCodec.entry(row: $0) }
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
            let backlog = try session.query(OutboxQueries.backlog).firstRow { row in
                OutboxBacklog(
                    count: Int(clamping: row.integer()),
                    oldest: row.optionalInteger().map { Timestamp(milliseconds: $0) }
                )
            }
            return backlog ?? OutboxBacklog(count: 0, oldest: nil)
        }
    }
}
