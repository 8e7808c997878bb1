package import SchedulerCore
import StoreSupport

extension SQLiteTransaction {
    package mutating func append(_ entries: [OutboxEntry]) throws {
        let statement = try session.statements.statement(OutboxQueries.insert)
        for entry in entries {
            OutboxCodec.bind(entry, to: statement)
            try session.write(statement)
        }
    }

    package mutating func outboxEntry(_ key: OutboxKey) throws -> OutboxEntry? {
        let statement = try session.statements.statement(OutboxQueries.entry)
        statement.bind(key.requestID.value)
        statement.bind(key.number)
        return try statement.firstRow { try OutboxCodec.entry(row: $0) }
    }

    package mutating func update(_ entry: OutboxEntry) throws {
        let statement = try session.statements.statement(OutboxQueries.update)
        OutboxCodec.bindCourse(of: entry, to: statement)
        statement.bind(entry.requestID.value)
        statement.bind(entry.number)
        try session.write(statement)
    }

    package mutating func moveFollowers(of entry: OutboxEntry, to due: Timestamp) throws {
        let statement = try session.statements.statement(OutboxQueries.moveFollowers)
        statement.bind(due.milliseconds)
        statement.bind(entry.requestID.value)
        statement.bind(StoredCodes.outboxChannels.code(entry.channel))
        statement.bind(entry.number)
        try session.write(statement)
    }

    package mutating func dropCallbacks(of subscriber: RequestID) throws {
        let statement = try session.statements.statement(OutboxQueries.drop)
        statement.bind(StoredCodes.deliveryStatuses.code(.dropped))
        statement.bind(subscriber.value)
        try session.write(statement)
    }

    package mutating func replaceCallback(of id: RequestID, with callback: CallbackSubscription?) throws {
        let statement = try session.statements.statement(OutboxQueries.replaceCallback)
        statement.bind(id.value)
        statement.bind(DetailCodec.encode(callback))
        try session.write(statement)
    }
}
