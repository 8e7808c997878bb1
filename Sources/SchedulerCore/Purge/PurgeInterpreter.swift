/// The steps of a purge within a transaction of a store, the same for all stores.
package enum PurgeInterpreter {
    /// Begins a run.
    ///
    /// - Parameters:
    ///   - order: what it is to take.
    ///   - due: the instant of its policy that is due; nil for a run that somebody asked for.
    ///   - audit: record to write with it.
    ///   - call: recorded with it; nil for one without a key.
    ///   - transaction: of the store.
    /// - Returns: the run; nil where another node has begun the one of that instant.
    /// - Throws: what the transaction throws.
    package static func begin(
        _ order: PurgeOrder,
        due: PurgeInstant?,
        audit: AuditEntry,
        call: IdempotentCall? = nil,
        in transaction: inout some PurgeTransaction
    ) throws -> PurgeRun? {
        if let due, try !transaction.moveCursor(due) { return nil }
        let run = PurgeRun(
            id: try transaction.nextRunID(),
            order: order,
            principal: audit.principal,
            startedTime: transaction.now
        )
        try transaction.insert(run)
        try transaction.forgetRuns(upTo: run.id - PurgeLimits.runsKept)
        try transaction.append(
            AuditRecord(
                time: transaction.now,
                entry: audit,
                targetKind: order.policy?.kind.rawValue ?? PurgeLimits.auditKind,
                targetID: order.policy?.description ?? String(run.id),
                outcome: .ok
            )
        )
        try transaction.record(call, answering: .done)
        return run
    }

    /// Takes the next trees of a run: marks them deleted, root and all below it in this transaction. Of a tree that
    /// alone has more than the limit each transaction marks a part, oldest first, the last one the root.
    ///
    /// - Parameters:
    ///   - id: of the run.
    ///   - limit: requests at most.
    ///   - transaction: of the store.
    /// - Returns: the run and what it looked at; nil for an unknown one. A run that has ended stays as it is.
    /// - Throws: what the transaction throws.
    package static func advance(
        _ id: Int64,
        limit: Int,
        in transaction: inout some PurgeTransaction
    ) throws -> PurgeProgress? {
        guard var run = try transaction.run(id) else { return nil }
        guard run.endedTime == nil else { return PurgeProgress(run: run, count: 0) }
        if let below = run.position.below, let root = run.position.last?.id {
            let count = try takePart(of: root, after: below, limit: limit, &run, in: &transaction)
            try transaction.update(run)
            return PurgeProgress(run: run, count: count)
        }
        var count = 0
        while let state = run.position.state {
            let cutoff = run.order.cutoff(of: state, start: run.startedTime)
            let found = try transaction.ended(state, until: cutoff, after: run.position.last, limit: limit)
            let parents = found.filter { $0.kinship.newestChild != nil && run.order.criteria.matches($0) }.map(\.id)
            let families = parents.isEmpty ? [:] : try transaction.families(of: parents)
            let chunk = PurgeChunk(found, families: families, of: run, limit: limit)
            if chunk.isLarge, !run.order.isDryRun, let root = chunk.roots.first {
                run.position.last = chunk.last
                count = try takePart(of: root, after: RequestID(0), limit: limit, &run, in: &transaction)
                break
            }
            if !chunk.roots.isEmpty, !run.order.isDryRun {
                try transaction.delete(chunk.roots, parents: parents, isKept: run.order.isLogicalOnly)
            }
            count += max(chunk.examined, Int(clamping: chunk.requests))
            run.trees += Int64(chunk.roots.count)
            run.requests += chunk.requests
            if let last = chunk.last { run.position.last = last }
            if chunk.isLast {
                run.endedTime = transaction.now
                break
            }
            if found.count < limit, chunk.examined == found.count {
                run.position = PurgePosition(stage: run.position.stage + 1)
            }
            if count > 0 { break }
        }
        if run.position.state == nil { run.endedTime = transaction.now }
        try transaction.update(run)
        return PurgeProgress(run: run, count: count)
    }

    /// - Returns: how many requests were marked.
    private static func takePart(
        of root: RequestID,
        after number: RequestID,
        limit: Int,
        _ run: inout PurgeRun,
        in transaction: inout some PurgeTransaction
    ) throws -> Int {
        let marked = try transaction.deleteDescendants(of: root, after: number, limit: limit)
        run.requests += Int64(marked.count)
        run.position.below = marked.max()
        guard marked.count < limit else { return marked.count }
        try transaction.delete([root], parents: [], isKept: run.order.isLogicalOnly)
        run.position.below = nil
        run.trees += 1
        run.requests += 1
        if run.room == 0 { run.endedTime = transaction.now }
        return marked.count + 1
    }
}

/// What a store offers `PurgeInterpreter`: verbs without decisions of their own, in one transaction.
package protocol PurgeTransaction: CallTransaction {
    /// Store time of the transaction.
    var now: Timestamp { get }

    mutating func nextRunID() throws -> Int64

    /// Locks and reads a run.
    mutating func run(_ id: Int64) throws -> PurgeRun?
    mutating func insert(_ run: PurgeRun) throws
    /// Writes end, position and counts.
    mutating func update(_ run: PurgeRun) throws
    /// Removes runs that have ended, up to that number.
    mutating func forgetRuns(upTo id: Int64) throws

    /// Moves the cursor of a policy, unless it stands elsewhere than the caller saw it; tells whether it did.
    mutating func moveCursor(_ instant: PurgeInstant) throws -> Bool

    /// Roots in a state that ended up to an instant and are not deleted, in order of ends and numbers, after a place in
    /// that order. Those that another transaction has in hand may be left out.
    mutating func ended(
        _ state: RequestState,
        until cutoff: Timestamp,
        after mark: PurgeMark?,
        limit: Int
    ) throws -> [JobRequest]

    /// What lies below roots; nothing for those that have nothing there.
    mutating func families(of roots: [RequestID]) throws -> [RequestID: PurgeFamily]

    /// Marks trees deleted.
    ///
    /// - Parameters:
    ///   - roots: of the trees.
    ///   - parents: roots that may have something below them, these and others.
    ///   - isKept: whether they never go for good.
    /// - Throws: what the store throws.
    mutating func delete(_ roots: [RequestID], parents: [RequestID], isKept: Bool) throws

    /// Marks what lies below a root deleted, in order of numbers, from one after that number on.
    ///
    /// - Returns: those marked, at most `limit`.
    mutating func deleteDescendants(of root: RequestID, after number: RequestID, limit: Int) throws -> [RequestID]

    mutating func append(_ record: AuditRecord) throws
}

/// Bounds of the purge.
package enum PurgeLimits {
    /// Runs that are remembered.
    package static let runsKept: Int64 = 1000
    /// Runs in one list.
    package static let runsListed = 500
    /// What audit records call a run without a policy.
    package static let auditKind = "PurgeRun"
}
