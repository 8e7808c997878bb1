package import SchedulerCore

/// Calls by their keys.
extension MemoryStore {
    package func recordedCall(_ key: CallKey) async throws -> RecordedCall? {
        let now = now()
        return snapshot.calls[key].flatMap { $0.counts(at: now) ? $0 : nil }
    }

    package func keep(_ answer: RecordedAnswer, of call: IdempotentCall) async throws {
        try write { transaction, _ in
            if let known = transaction.content.calls[call.key], known.call == call {
                transaction.content.calls[call.key] = nil
            }
            try transaction.record(call, answering: answer)
        }
    }

    package func removeCalls(limit: Int, clock: any TimeSource) async throws -> RemovalProgress {
        try write { transaction, _ in
            let now = transaction.now
            let over = transaction.content.calls.values.filter { !$0.counts(at: now) }
            let removed = over.sorted { $0.time < $1.time }.prefix(limit)
            for call in removed { transaction.content.calls[call.call.key] = nil }
            return RemovalProgress(count: removed.count, elapsed: .zero)
        }
    }
}

extension MemoryTransaction {
    package mutating func record(_ call: RecordedCall) throws {
        if let known = content.calls[call.call.key], known.counts(at: now) { throw SchedulerError(1054) }
        content.calls[call.call.key] = call
    }
}
