package import SchedulerCore

/// The lock table of the model: a list of claims for each request.
extension MemoryTransaction {
    package mutating func lockKeys(_ keys: [LockKey]) -> Bool { true }

    package mutating func claims(of requests: [RequestID]) -> [LockClaim] {
        requests.flatMap { content.claims[$0] ?? [] }
    }

    package mutating func conflicts(
        with token: LockToken,
        of request: RequestID,
        waitingBefore rank: Rank?,
        limit: Int
    ) -> [LockClaim] {
        ranked { claim in
            claim.request != request && token.conflicts(with: claim.token) && claim.isWaiting == (rank != nil)
                && (rank.map { claim.rank < $0 } ?? true)
        }.first(limit)
    }

    package mutating func queue(of key: LockKey, isInner: Bool, after rank: Rank?, limit: Int) -> [LockClaim] {
        ranked { claim in
            claim.isWaiting && claim.token.key == key && claim.isInner == isInner
                && (rank.map { $0 < claim.rank } ?? true)
        }.first(limit)
    }

    package mutating func holderCount(of key: LockKey) -> Int {
        ranked { $0.token.key == key && !$0.isWaiting }.count
    }

    package mutating func queueCount(of key: LockKey, before rank: Rank) -> Int {
        ranked { $0.token.key == key && $0.isWaiting && $0.rank < rank }.count
    }

    package mutating func setClaims(of request: RequestID, to claims: [LockClaim]) {
        content.claims[request] = claims.isEmpty ? nil : claims
    }

    package mutating func waitingRequests(after id: RequestID?, limit: Int) -> [RequestID] {
        let waiting = content.claims.filter { $0.value.contains(where: \.isWaiting) && $0.key > id ?? RequestID(.min) }
        return waiting.keys.sorted().first(limit)
    }

    package mutating func glance(at ids: [RequestID]) -> [JobRequest] { ids.compactMap { content.requests[$0] } }

    package mutating func glance(belowParent id: RequestID, limit: Int) -> [JobRequest] {
        liveChildren(of: [id]).first(limit)
    }

    private func ranked(_ isWanted: (LockClaim) -> Bool) -> [LockClaim] {
        content.claims.values.joined().filter(isWanted).sorted { $0.rank < $1.rank }
    }
}

extension Array {
    fileprivate func first(_ count: Int) -> [Element] { Array(prefix(count)) }
}
