import SchedulerCore
import SchedulerTesting

extension WrappedTransaction {
    var freedKeys: Set<LockKey> {
        get { base.freedKeys }
        set { base.freedKeys = newValue }
    }

    var idleWaiters: Set<RequestID> {
        get { base.idleWaiters }
        set { base.idleWaiters = newValue }
    }

    mutating func lockKeys(_ keys: [LockKey]) throws -> Bool { base.lockKeys(keys) }
    mutating func claims(of requests: [RequestID]) throws -> [LockClaim] { base.claims(of: requests) }

    mutating func conflicts(
        with token: LockToken,
        of request: RequestID,
        waitingBefore rank: Rank?,
        limit: Int
    ) throws -> [LockClaim] {
        base.conflicts(with: token, of: request, waitingBefore: rank, limit: limit)
    }

    mutating func queue(of key: LockKey, isInner: Bool, after rank: Rank?, limit: Int) throws -> [LockClaim] {
        base.queue(of: key, isInner: isInner, after: rank, limit: limit)
    }

    mutating func holderCount(of key: LockKey) throws -> Int { base.holderCount(of: key) }

    mutating func queueCount(of key: LockKey, before rank: Rank) throws -> Int {
        base.queueCount(of: key, before: rank)
    }

    mutating func setClaims(of request: RequestID, to claims: [LockClaim]) throws {
        base.setClaims(of: request, to: claims)
    }

    mutating func waitingRequests(after id: RequestID?, limit: Int) throws -> [RequestID] {
        base.waitingRequests(after: id, limit: limit)
    }

    mutating func glance(at ids: [RequestID]) throws -> [JobRequest] { base.glance(at: ids) }

    mutating func glance(belowParent id: RequestID, limit: Int) throws -> [JobRequest] {
        base.glance(belowParent: id, limit: limit)
    }
}
