import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func recordedCall(_ key: CallKey) async throws -> RecordedCall? {
        let (seen, wall) = clock.reading
        return try await readers.read { session in
            try session.query(CallQueries.call) { parameters in
                parameters.append(StoredText.encode(key.caller))
                parameters.append(StoredText.encode(key.value))
                parameters.append(seen)
                parameters.append(wall)
            }
            .firstStored { try CallCodec.call(row: $0) }
        }
    }

    package func keep(_ answer: RecordedAnswer, of call: IdempotentCall) async throws {
        try await transact { transaction in
            let work = transaction.work
            let record = RecordedCall(call, answer, time: work.now)
            let statement = CallQueries.call(CallQueries.keep, [record], in: work.session)
            _ = try work.session.exchange([statement])
            work.noteWrite()
        }
    }

    package func removeCalls(limit: Int, clock: any TimeSource) async throws -> RemovalProgress {
        try await purging(isRepeatable: true) { purge in
            let work = purge.work
            let start = clock.monotonicNow()
            let removed = try work.session.query(CallQueries.remove) { parameters in
                parameters.append(limit)
                parameters.append(work.now.milliseconds - IdempotencyLimits.keptMilliseconds)
            }
            if removed.affectedRows > 0 { work.noteWrite() }
            return RemovalProgress(count: removed.affectedRows, elapsed: clock.monotonicNow() - start)
        }
    }
}

extension PostgresTransaction {
    package mutating func record(_ call: RecordedCall) { work.record(call) }
}

extension UnitOfWork {
    func record(_ call: RecordedCall) {
        writes += 1
        buffer.record(call)
    }
}

extension CallQueries {
    /// One of the statements that write, with its rows.
    static func call(
        _ statement: PostgresStatement,
        _ calls: [RecordedCall],
        in session: WriteSession
    ) -> WriteSession.Call {
        let rows = RowArray(session.types.call, columns: CallCodec.columnNames.count)
        for call in calls { rows.append { CallCodec.bind(call, to: $0) } }
        return WriteSession.Call(statement, rows: rows, count: rows.count)
    }
}
