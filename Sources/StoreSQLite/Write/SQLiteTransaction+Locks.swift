package import SchedulerCore
import StoreSupport

/// The lock table; the one writer has all keys.
extension SQLiteTransaction {
    package mutating func lockKeys(_ keys: [LockKey]) -> Bool { true }

    package mutating func claims(of requests: [RequestID]) throws -> [LockClaim] {
        let statement = try session.statements.statement(LockQueries.ofRequest)
        return try requests.flatMap { request in
            statement.bind(request.value)
            return try statement.rows(read)
        }
    }

    package mutating func conflicts(
        with token: LockToken,
        of request: RequestID,
        waitingBefore rank: Rank?,
        limit: Int
    ) throws -> [LockClaim] {
        let sql = rank == nil ? LockQueries.held : LockQueries.waitingBefore
        let statement = try session.statements.statement(sql)
        statement.bind(token.key.label)
        statement.bind(try session.labels.existingKey(of: token.entity.description) ?? 0)
        statement.bind(token.isSelfIncompatible)
        statement.bind(request.value)
        statement.bind(limit)
        if let rank { bind(rank, to: statement) }
        return try statement.rows(read)
    }

    package mutating func queue(
        of key: LockKey,
        isInner: Bool,
        after rank: Rank?,
        limit: Int
    ) throws -> [LockClaim] {
        let statement = try session.statements.statement(isInner ? LockQueries.innerQueue : LockQueries.queue)
        statement.bind(key.label)
        statement.bind(limit)
        bind(rank ?? .best, to: statement)
        return try statement.rows(read)
    }

    package mutating func holderCount(of key: LockKey) throws -> Int {
        let statement = try session.statements.statement(LockQueries.holderCount)
        statement.bind(key.label)
        return Int(try statement.firstRow { $0.integer() } ?? 0)
    }

    package mutating func queueCount(of key: LockKey, before rank: Rank) throws -> Int {
        let statement = try session.statements.statement(LockQueries.queueCount)
        statement.bind(key.label)
        bind(rank, to: statement)
        return Int(try statement.firstRow { $0.integer() } ?? 0)
    }

    package mutating func setClaims(of request: RequestID, to claims: [LockClaim]) throws {
        let delete = try session.statements.statement(LockQueries.delete)
        delete.bind(request.value)
        try session.write(delete)
        guard !claims.isEmpty else { return }
        let insert = try session.statements.statement(LockQueries.insert)
        for claim in claims {
            try claim.bind(to: insert, labels: session.labels)
            try session.write(insert)
        }
    }

    package mutating func waitingRequests(after id: RequestID?, limit: Int) throws -> [RequestID] {
        let statement = try session.statements.statement(LockQueries.waitingRequests)
        statement.bind(id?.value ?? .min)
        statement.bind(limit)
        return try statement.rows { RequestID($0.integer()) }
    }

    package mutating func glance(at ids: [RequestID]) throws -> [JobRequest] {
        try ids.compactMap { try request($0) }
    }

    package mutating func glance(belowParent id: RequestID, limit: Int) throws -> [JobRequest] {
        let statement = try session.statements.statement(LockQueries.children)
        statement.bind(id.value)
        statement.bind(limit)
        return try statement.rows(session.codec.read)
    }

    private func read(_ row: SQLiteStatement) throws -> LockClaim { try LockClaim(row: row, labels: session.labels) }

    private func bind(_ rank: Rank, to statement: SQLiteStatement) {
        statement.bind(LockStatements.urgency(rank))
        statement.bind(rank.scheduledTime.milliseconds)
        statement.bind(rank.requestID.value)
    }
}
