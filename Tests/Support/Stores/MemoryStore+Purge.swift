package import SchedulerCore

extension MemoryStore {
    package func purgeCursors(of policies: [MetadataObjectID]) async throws -> [MetadataObjectID: Timestamp] {
        try write { transaction, _ in
            let known = transaction.content.purgeCursors
            let now = transaction.now
            transaction.content.purgeCursors = policies.reduce(into: [:]) { $0[$1] = known[$1] ?? now }
            return transaction.content.purgeCursors
        }
    }

    package func beginPurge(
        _ order: PurgeOrder,
        due: PurgeInstant?,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> PurgeRun? {
        try write { transaction, _ in
            try PurgeInterpreter.begin(order, due: due, audit: audit, call: call, in: &transaction)
        }
    }

    package func advancePurge(_ id: Int64, limit: Int, clock: any TimeSource) async throws -> PurgeProgress? {
        try write { transaction, _ in
            let start = clock.monotonicNow()
            var progress = try PurgeInterpreter.advance(id, limit: limit, in: &transaction)
            progress?.elapsed = clock.monotonicNow() - start
            return progress
        }
    }

    package func openPurge() async throws -> PurgeRun? {
        snapshot.purgeRuns.values.filter { $0.endedTime == nil }.min { $0.id < $1.id }
    }

    package func purgeRuns(limit: Int) async throws -> [PurgeRun] {
        Array(snapshot.purgeRuns.values.sorted { $0.id > $1.id }.prefix(limit))
    }

    package func earliestDeletion() async throws -> Timestamp? {
        Self.removableRoots(in: snapshot).first?.deletedTime
    }

    package func removableRequests(deletedUntil cutoff: Timestamp, limit: Int) async throws -> [RequestID] {
        let content = snapshot
        let roots = Self.removableRoots(in: content).filter { $0.deletedTime.map { $0 <= cutoff } ?? false }
        return PurgeRemoval.plan(
            roots.map { PurgeRemoval.Root(id: $0.id, hasChildren: $0.kinship.newestChild != nil) },
            limit: limit
        ) { root, limit in
            let below = content.requests.values.filter { $0.lineage.absParentID == root && $0.id != root }
            return Array(below.map(\.id).sorted(by: >).prefix(limit))
        }
    }

    private static func removableRoots(in content: MemoryContent) -> [JobRequest] {
        content.requests.values
            .filter { $0.lineage.parentID == nil && $0.deletedTime != nil && !content.kept.contains($0.id) }
            .sorted { ($0.deletedTime?.milliseconds ?? 0, $0.id) < ($1.deletedTime?.milliseconds ?? 0, $1.id) }
    }

    package func removeRequests(
        _ ids: [RequestID],
        deletedUntil cutoff: Timestamp,
        clock: any TimeSource
    ) async throws -> RemovalProgress {
        try write { transaction, _ in
            var count = 0
            for id in ids {
                guard let deleted = transaction.content.requests[id]?.deletedTime, deleted <= cutoff else { continue }
                count += 1
                transaction.content.requests[id] = nil
                transaction.content.submissions[id] = nil
                transaction.content.history[id] = nil
                transaction.content.plans[id] = nil
                transaction.content.skips[id] = nil
                transaction.content.outbox = transaction.content.outbox.filter { $0.key.requestID != id }
            }
            return RemovalProgress(count: count, elapsed: .zero)
        }
    }

    package func storedRequests(among ids: [RequestID]) async throws -> Set<RequestID> {
        Set(ids).intersection(snapshot.requests.keys)
    }

    package func removeAudit(
        before cutoff: Timestamp,
        limit: Int,
        clock: any TimeSource
    ) async throws -> RemovalProgress {
        try write { transaction, _ in
            let old = transaction.content.audit.prefix(limit).count { $0.time < cutoff }
            let kept = transaction.content.audit.enumerated().filter { $0 >= limit || $1.time >= cutoff }
            transaction.content.audit = kept.map(\.element)
            return RemovalProgress(count: old, elapsed: .zero)
        }
    }
}

extension MemoryTransaction: PurgeTransaction {
    package func nextRunID() -> Int64 { (content.purgeRuns.keys.max() ?? 0) + 1 }

    package func run(_ id: Int64) -> PurgeRun? { content.purgeRuns[id] }

    package mutating func insert(_ run: PurgeRun) { content.purgeRuns[run.id] = run }

    package mutating func update(_ run: PurgeRun) { content.purgeRuns[run.id] = run }

    package mutating func forgetRuns(upTo id: Int64) {
        content.purgeRuns = content.purgeRuns.filter { $0 > id || $1.endedTime == nil }
    }

    package mutating func moveCursor(_ instant: PurgeInstant) -> Bool {
        guard content.purgeCursors[instant.policy] == instant.cursor else { return false }
        content.purgeCursors[instant.policy] = instant.instant
        return true
    }

    package func ended(
        _ state: RequestState,
        until cutoff: Timestamp,
        after mark: PurgeMark?,
        limit: Int
    ) -> [JobRequest] {
        let place: (JobRequest) -> (Timestamp, RequestID) = {
            ($0.completedTime ?? Timestamp(milliseconds: .max), $0.id)
        }
        let found = content.requests.values.filter { root in
            guard root.state == state, root.lineage.parentID == nil, root.deletedTime == nil else { return false }
            let after = mark.map { ($0.completedTime, $0.id) < place(root) } ?? true
            return place(root).0 <= cutoff && after
        }
        return Array(found.sorted { place($0) < place($1) }.prefix(limit))
    }

    package func families(of roots: [RequestID]) -> [RequestID: PurgeFamily] {
        var families: [RequestID: PurgeFamily] = [:]
        for request in content.requests.values {
            let root = request.lineage.absParentID
            guard request.id != root, roots.contains(root) else { continue }
            families[root, default: PurgeFamily()].descendants += 1
            if !request.state.isTerminal { families[root, default: PurgeFamily()].live += 1 }
        }
        return families
    }

    package mutating func deleteDescendants(
        of root: RequestID,
        after number: RequestID,
        limit: Int
    ) -> [RequestID] {
        let below = content.requests.values.filter { $0.lineage.absParentID == root && $0.id != root }
        let part = below.map(\.id).filter { $0 > number }.sorted().prefix(limit)
        for id in part where content.requests[id]?.deletedTime == nil { content.requests[id]?.deletedTime = now }
        return Array(part)
    }

    package mutating func delete(_ roots: [RequestID], parents: [RequestID], isKept: Bool) {
        for root in roots {
            if content.requests[root]?.deletedTime == nil { content.requests[root]?.deletedTime = now }
            if parents.contains(root) { deleteDescendants(of: root) }
            if isKept { content.kept.insert(root) }
        }
    }
}
