/// The lock table within a write transaction: who has which tokens, and who waits for them (runtime §7.1).
///
/// A store with several writers locks the keys of a claim before it changes claims: those of a tree together with the
/// tree, before any of its rows, in ascending order; those that a start needs by `lockKeys`, which waits for nobody.
/// So whoever has a tree has the keys of all its claims, and no two transactions wait for each other.
package protocol LockTransaction {
    /// Keys of which something was freed, or may have been: those that wait for them are yet to be tested anew.
    var freedKeys: Set<LockKey> { get set }

    /// Requests that wait, and that nothing would start at this transaction's instant, as far as it has looked: a line
    /// of many is tested for many, and nobody in it is read twice.
    var idleWaiters: Set<RequestID> { get set }

    /// Takes keys until the commit, in ascending order.
    ///
    /// - Returns: false if another transaction has one of them; the caller leaves its request for later.
    mutating func lockKeys(_ keys: [LockKey]) throws -> Bool

    /// All claims of the requests.
    mutating func claims(of requests: [RequestID]) throws -> [LockClaim]

    /// Reads the claims of others that conflict with a token, best rank first.
    ///
    /// - Parameters:
    ///   - token: of `request`.
    ///   - request: whose own claims do not count.
    ///   - rank: nil = those that are held or reserved; else those that wait and are better than this.
    ///   - limit: at most so many.
    /// - Returns: one for each token that conflicts.
    /// - Throws: the store's errors.
    mutating func conflicts(
        with token: LockToken,
        of request: RequestID,
        waitingBefore rank: Rank?,
        limit: Int
    ) throws -> [LockClaim]

    /// Reads the claims that wait for a key, best rank first.
    ///
    /// - Parameters:
    ///   - key: whose queue.
    ///   - isInner: those that wait for relatives, or those that wait in line.
    ///   - rank: only worse ones; nil = all.
    ///   - limit: at most so many.
    /// - Returns: one for each token that waits.
    /// - Throws: the store's errors.
    mutating func queue(of key: LockKey, isInner: Bool, after rank: Rank?, limit: Int) throws -> [LockClaim]

    /// How many requests hold a key.
    mutating func holderCount(of key: LockKey) throws -> Int

    /// How many wait for a key and are better than a rank.
    mutating func queueCount(of key: LockKey, before rank: Rank) throws -> Int

    /// Replaces all claims of a request.
    mutating func setClaims(of request: RequestID, to claims: [LockClaim]) throws

    /// Requests that wait for anything in the lock table, in order of their numbers, each once.
    mutating func waitingRequests(after id: RequestID?, limit: Int) throws -> [RequestID]

    /// Requests as they are now, without a lock: for looks at trees that belong to others.
    mutating func glance(at ids: [RequestID]) throws -> [JobRequest]

    /// Children that are not terminal, without a lock, in order of their numbers.
    mutating func glance(belowParent id: RequestID, limit: Int) throws -> [JobRequest]
}
