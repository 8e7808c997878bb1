import PostgresClient
package import SchedulerCore
import StoreSupport

/// Events for those who asked to be told. Those of a change go out with the rest of it; what settles them is sent at
/// once, since its transactions do nothing else.
extension UnitOfWork {
    func append(_ entries: [OutboxEntry]) {
        noteWrite(.outbox)
        buffer.append(entries)
    }

    func outboxEntry(_ key: OutboxKey) throws -> OutboxEntry? {
        let results = try send(
            flushing() + [
                .init(OutboxQueries.entry) { parameters in
                    parameters.append(key.requestID.value)
                    parameters.append(key.number)
                }
            ]
        )
        return try results[results.count - 1].firstStored { try OutboxCodec.entry(row: $0) }
    }

    func update(_ entry: OutboxEntry) throws {
        let rows = RowArray(session.types.outbox, columns: OutboxCodec.columnNames.count)
        rows.append { OutboxCodec.bind(entry, to: $0) }
        let isDue = entry.status == .pending && entry.due <= now
        try change(.init(OutboxQueries.update, rows: rows), wakes: isDue ? .outbox : [])
    }

    func moveFollowers(of entry: OutboxEntry, to due: Timestamp) throws {
        let channel = StoredCodes.outboxChannels.code(entry.channel)
        try change(
            .init(OutboxQueries.moveFollowers) { parameters in
                parameters.append(due.milliseconds)
                parameters.append(entry.requestID.value)
                parameters.append(channel)
                parameters.append(entry.number)
            }
        )
    }

    func dropCallbacks(of subscriber: RequestID) throws {
        let status = StoredCodes.deliveryStatuses.code(.dropped)
        try change(
            .init(OutboxQueries.drop) { parameters in
                parameters.append(status)
                parameters.append(subscriber.value)
            }
        )
    }

    func replaceCallback(of id: RequestID, with callback: CallbackSubscription?) throws {
        let bytes = DetailCodec.encode(callback)
        try change(
            .init(OutboxQueries.replaceCallback) { parameters in
                parameters.append(id.value)
                parameters.append(bytes)
            }
        )
    }

    private func change(_ call: WriteSession.Call, wakes wakeUps: WakeUps = []) throws {
        noteWrite(wakeUps)
        _ = try send(flushing() + [call])
        hasFlushed = true
    }
}

extension PostgresTransaction {
    package mutating func append(_ entries: [OutboxEntry]) throws { work.append(entries) }

    package mutating func outboxEntry(_ key: OutboxKey) throws -> OutboxEntry? { try work.outboxEntry(key) }

    package mutating func update(_ entry: OutboxEntry) throws { try work.update(entry) }

    package mutating func moveFollowers(of entry: OutboxEntry, to due: Timestamp) throws {
        try work.moveFollowers(of: entry, to: due)
    }

    package mutating func dropCallbacks(of subscriber: RequestID) throws { try work.dropCallbacks(of: subscriber) }

    package mutating func replaceCallback(of id: RequestID, with callback: CallbackSubscription?) throws {
        try work.replaceCallback(of: id, with: callback)
    }
}
