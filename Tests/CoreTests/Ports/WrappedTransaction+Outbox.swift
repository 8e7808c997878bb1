import SchedulerCore
import SchedulerTesting

extension WrappedTransaction {
    mutating func append(_ entries: [OutboxEntry]) throws { base.append(entries) }
    mutating func outboxEntry(_ key: OutboxKey) throws -> OutboxEntry? { base.outboxEntry(key) }
    mutating func update(_ entry: OutboxEntry) throws { base.update(entry) }

    mutating func moveFollowers(of entry: OutboxEntry, to due: Timestamp) throws {
        base.moveFollowers(of: entry, to: due)
    }

    mutating func dropCallbacks(of subscriber: RequestID) throws { base.dropCallbacks(of: subscriber) }

    mutating func replaceCallback(of id: RequestID, with callback: CallbackSubscription?) throws {
        base.replaceCallback(of: id, with: callback)
    }
}
