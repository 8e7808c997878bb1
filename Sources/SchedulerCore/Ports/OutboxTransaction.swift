/// The outbox within a write transaction: events for those who asked to be told (runtime §9.5).
package protocol OutboxTransaction {
    /// Store time of the transaction.
    var now: Timestamp { get }

    /// Adds entries; never two of one key.
    mutating func append(_ entries: [OutboxEntry]) throws

    /// The entry, locked until the commit; nil if there is none.
    mutating func outboxEntry(_ key: OutboxKey) throws -> OutboxEntry?

    /// Replaces what changes of an entry.
    mutating func update(_ entry: OutboxEntry) throws

    /// Gives all pending entries that wait for one, behind it on its request and channel, another instant.
    mutating func moveFollowers(of entry: OutboxEntry, to due: Timestamp) throws

    /// Marks the pending callbacks of a subscription as dropped.
    mutating func dropCallbacks(of subscriber: RequestID) throws

    /// Gives a request another callback subscription; nil takes it away.
    mutating func replaceCallback(of id: RequestID, with callback: CallbackSubscription?) throws
}
