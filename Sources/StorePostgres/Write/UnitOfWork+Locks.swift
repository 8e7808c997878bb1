import PostgresClient
import SchedulerCore
import StoreSupport

/// What a unit of work knows of the lock table.
struct UnitLocks {
    var freedKeys: Set<LockKey> = []
    var idleWaiters: Set<RequestID> = []
    /// Labels of the keys that it has.
    var labels: Set<String> = []
    /// Roots whose keys it has.
    var roots: Set<RequestID> = []
    /// Whether the lock table holds anything; nil while unknown.
    var isUsed: Bool?
}

/// A key that came to a tree while it was being locked belongs to another transaction: the same is tried again.
struct LostLockRace: Error {}

/// Tokens, slots and lines. Reads go to the database, behind what has been decided so far: only requests with
/// incompatibilities or limits, and diagnoses, pay for that.
extension UnitOfWork {
    func lockKeys(_ keys: [LockKey]) throws -> Bool { try lockLabels(Set(keys.map(\.label))).isEmpty }

    func claims(of requests: [RequestID]) throws -> [LockClaim] {
        let ids = requests.map(\.value)
        return try askLocks(LockQueries.ofRequests) { $0.append(array: ids) }
    }

    func conflicts(
        with token: LockToken,
        of request: RequestID,
        waitingBefore rank: Rank?,
        limit: Int
    ) throws -> [LockClaim] {
        let entity = try session.labels.existingKey(of: token.entity.description) ?? 0
        return try askLocks(rank == nil ? LockQueries.held : LockQueries.waitingBefore) { parameters in
            parameters.append(StoredText.encode(token.key.label))
            parameters.append(entity)
            parameters.append(token.isSelfIncompatible ? 1 : 0)
            parameters.append(request.value)
            parameters.append(limit)
            if let rank { Self.append(rank, to: &parameters) }
        }
    }

    func queue(of key: LockKey, isInner: Bool, after rank: Rank?, limit: Int) throws -> [LockClaim] {
        try askLocks(isInner ? LockQueries.innerQueue : LockQueries.queue) { parameters in
            parameters.append(StoredText.encode(key.label))
            parameters.append(limit)
            Self.append(rank ?? .best, to: &parameters)
        }
    }

    func holderCount(of key: LockKey) throws -> Int {
        let result = try askLockTable(LockQueries.holderCount) { $0.append(StoredText.encode(key.label)) }
        return Int(clamping: try result.firstRow { $0.integer() } ?? 0)
    }

    func queueCount(of key: LockKey, before rank: Rank) throws -> Int {
        let result = try askLockTable(LockQueries.queueCount) { parameters in
            parameters.append(StoredText.encode(key.label))
            Self.append(rank, to: &parameters)
        }
        return Int(clamping: try result.firstRow { $0.integer() } ?? 0)
    }

    func dueCount(before rank: Rank, limit: Int) throws -> Int {
        let time = now.milliseconds
        let result = try askLockTable(PollQueries.dueCount) { parameters in
            parameters.append(rank.priority)
            parameters.append(rank.scheduledTime.milliseconds)
            parameters.append(rank.requestID.value)
            parameters.append(time)
            parameters.append(limit)
        }
        return min(limit, Int(clamping: try result.firstRow { $0.integer() } ?? 0))
    }

    func setClaims(of request: RequestID, to claims: [LockClaim]) {
        writes += 1
        buffer.setClaims(of: request, to: claims)
    }

    func waitingRequests(after id: RequestID?, limit: Int) throws -> [RequestID] {
        let result = try askLockTable(LockQueries.waitingRequests) { parameters in
            parameters.append(id?.value ?? .min)
            parameters.append(limit)
        }
        return try result.rows { RequestID($0.integer()) }
    }

    func glance(at ids: [RequestID]) throws -> [JobRequest] {
        let unknown = ids.filter { requests[$0] == nil }.map(\.value)
        var found: [RequestID: JobRequest] = [:]
        if !unknown.isEmpty {
            let rows = try session.query(PollQueries.glance) { $0.append(array: unknown) }.stored(session.codec.read)
            for request in rows { found[request.id] = request }
        }
        return ids.compactMap { requests[$0] ?? found[$0] }
    }

    func glance(belowParent id: RequestID, limit: Int) throws -> [JobRequest] {
        let result = try askLockTable(PollQueries.glanceAtChildren) { parameters in
            parameters.append(id.value)
            parameters.append(limit)
        }
        return try result.stored(session.codec.read).compactMap { requests[$0.id] ?? $0 }
    }

    // MARK: - Keys of trees

    /// Statements that lock the keys of trees, then their rows, and tell the keys as they are then.
    static func lockingTrees(_ ids: [Int64]) -> [WriteSession.Call] {
        [
            .init(LockQueries.lockTrees) { $0.append(array: ids) },
            .init(PollQueries.locked) { $0.append(array: ids) },
            .init(LockQueries.ofTreesOf) { $0.append(array: ids) },
        ]
    }

    /// Takes the results of these.
    func learnTrees(_ results: ArraySlice<PostgresResult>) throws {
        let results = Array(results)
        try learn(results[1])
        let locked = try results[0].stored { $0.text() }
        locks.labels.formUnion(locked)
        let missing = Set(try results[2].stored { $0.text() }).subtracting(locks.labels)
        guard try missing.isEmpty || lockLabels(missing).isEmpty else { throw LostLockRace() }
    }

    func isLockTableUsed() throws -> Bool {
        if let known = locks.isUsed { return known }
        let isUsed = try session.query(LockQueries.isUsed).firstRow { $0.flag() } ?? false
        locks.isUsed = isUsed
        return isUsed
    }

    /// Takes the keys of trees whose rows are locked already.
    ///
    /// - Returns: the roots whose keys another transaction has.
    func lockTrees(_ roots: Set<RequestID>) throws -> Set<RequestID> {
        let unknown = roots.subtracting(locks.roots)
        guard !unknown.isEmpty else { return [] }
        let present = try session.query(LockQueries.ofTrees) { $0.append(array: unknown.map(\.value).sorted()) }
            .stored { (root: RequestID($0.integer()), label: $0.text()) }
        let refused = try lockLabels(Set(present.map(\.label)))
        let lost = Set(present.filter { refused.contains($0.label) }.map(\.root))
        locks.roots.formUnion(unknown.subtracting(lost))
        return lost
    }

    /// - Returns: those that another transaction has.
    private func lockLabels(_ wanted: Set<String>) throws -> Set<String> {
        let missing = wanted.subtracting(locks.labels)
        guard !missing.isEmpty else { return [] }
        let result = try session.query(LockQueries.lock) { parameters in
            parameters.append(array: missing.sorted().map { StoredText.encode($0) })
        }
        var refused: Set<String> = []
        for (label, isOurs) in try result.rows({ (StoredText.decode($0.text()), $0.flag()) }) {
            if isOurs { locks.labels.insert(label) } else { refused.insert(label) }
        }
        return refused
    }

    private func askLocks(
        _ statement: PostgresStatement,
        _ fill: (inout PostgresParameters) -> Void
    ) throws -> [LockClaim] {
        try askLockTable(statement, fill).stored { try LockClaim(row: $0, labels: session.labels) }
    }

    private func askLockTable(
        _ statement: PostgresStatement,
        _ fill: (inout PostgresParameters) -> Void
    ) throws -> PostgresResult {
        let results = try send(flushing() + [.init(statement, fill)])
        return results[results.count - 1]
    }

    private static func append(_ rank: Rank, to parameters: inout PostgresParameters) {
        parameters.append(LockStatements.urgency(rank))
        parameters.append(rank.scheduledTime.milliseconds)
        parameters.append(rank.requestID.value)
    }
}
