package import SchedulerCore

extension PostgresTransaction {
    package var freedKeys: Set<LockKey> {
        get { work.locks.freedKeys }
        set { work.locks.freedKeys = newValue }
    }

    package var idleWaiters: Set<RequestID> {
        get { work.locks.idleWaiters }
        set { work.locks.idleWaiters = newValue }
    }

    package mutating func lockKeys(_ keys: [LockKey]) throws -> Bool { try work.lockKeys(keys) }

    package mutating func claims(of requests: [RequestID]) throws -> [LockClaim] { try work.claims(of: requests) }

    package mutating func conflicts(
        with token: LockToken,
        of request: RequestID,
        waitingBefore rank: Rank?,
        limit: Int
    ) throws -> [LockClaim] {
        try work.conflicts(with: token, of: request, waitingBefore: rank, limit: limit)
    }

    package mutating func queue(
        of key: LockKey,
        isInner: Bool,
        after rank: Rank?,
        limit: Int
    ) throws -> [LockClaim] {
        try work.queue(of: key, isInner: isInner, after: rank, limit: limit)
    }

    package mutating func holderCount(of key: LockKey) throws -> Int { try work.holderCount(of: key) }

    package mutating func queueCount(of key: LockKey, before rank: Rank) throws -> Int {
        try work.queueCount(of: key, before: rank)
    }

    package mutating func setClaims(of request: RequestID, to claims: [LockClaim]) {
        work.setClaims(of: request, to: claims)
    }

    package mutating func waitingRequests(after id: RequestID?, limit: Int) throws -> [RequestID] {
        try work.waitingRequests(after: id, limit: limit)
    }

    package mutating func glance(at ids: [RequestID]) throws -> [JobRequest] { try work.glance(at: ids) }

    package mutating func glance(belowParent id: RequestID, limit: Int) throws -> [JobRequest] {
        try work.glance(belowParent: id, limit: limit)
    }
}
