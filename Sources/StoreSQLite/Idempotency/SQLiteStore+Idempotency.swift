package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func recordedCall(_ key: CallKey) async throws -> RecordedCall? {
        let cutoff = writer.now().milliseconds - IdempotencyLimits.keptMilliseconds
        return try await readers.read { session in
            let statement = try session.statements.statement(CallQueries.call)
            statement.bind(key.caller)
            statement.bind(key.value)
            statement.bind(cutoff)
            return try statement.firstRow { try CallCodec.call(row: $0) }
        }
    }

    package func keep(_ answer: RecordedAnswer, of call: IdempotentCall) async throws {
        try await transact { transaction in
            let record = RecordedCall(call, answer, time: transaction.now)
            try transaction.write(record, CallQueries.keep)
        }
    }

    package func removeCalls(limit: Int, clock: any TimeSource) async throws -> RemovalProgress {
        try await transact { transaction in
            let start = clock.monotonicNow()
            let removal = try transaction.session.statements.statement(CallQueries.remove)
            removal.bind(limit)
            removal.bind(transaction.now.milliseconds - IdempotencyLimits.keptMilliseconds)
            let count = try transaction.session.write(removal)
            return RemovalProgress(count: count, elapsed: clock.monotonicNow() - start)
        }
    }
}

extension SQLiteTransaction {
    package mutating func record(_ call: RecordedCall) throws { try write(call, CallQueries.insert) }

    fileprivate func write(_ call: RecordedCall, _ sql: String) throws {
        let statement = try session.statements.statement(sql)
        CallCodec.bind(call, to: statement)
        guard try session.write(statement) == 1 else { throw SchedulerError(1054) }
    }
}
