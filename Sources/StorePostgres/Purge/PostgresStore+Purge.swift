import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func purgeCursors(of policies: [MetadataObjectID]) async throws -> [MetadataObjectID: Timestamp] {
        let wanted = Dictionary(policies.map { ($0.description, $0) }) { first, _ in first }
        let known = try await readers.read { session in
            try session.query(Self.cursors).stored { ($0.text(), Timestamp(milliseconds: $0.integer())) }
        }
        let isSettled = known.count == wanted.count && known.allSatisfy { wanted[$0.0] != nil }
        let found = isSettled ? known : try await settleCursors(Array(wanted.keys))
        var cursors: [MetadataObjectID: Timestamp] = [:]
        for (name, time) in found { if let id = wanted[name] { cursors[id] = time } }
        return cursors
    }

    private static let cursors: PostgresStatement = "SELECT policy, time FROM purge_cursor"

    /// Forgets what is not wanted, begins what is missing.
    private func settleCursors(_ names: [String]) async throws -> [(String, Timestamp)] {
        try await purging { purge in
            let work = purge.work
            let stored = names.map(StoredText.encode)
            _ = try work.session.query("DELETE FROM purge_cursor WHERE policy <> ALL ($1::text[])") {
                $0.append(array: stored)
            }
            _ = try work.session.query(Self.insertCursors) { parameters in
                parameters.append(array: stored)
                parameters.append(work.now.milliseconds)
            }
            work.noteWrite()
            return try work.session.query(Self.cursors).stored { ($0.text(), Timestamp(milliseconds: $0.integer())) }
        }
    }

    private static let insertCursors: PostgresStatement = """
        INSERT INTO purge_cursor (policy, time) SELECT w.policy, $2::bigint FROM unnest($1::text[]) AS w (policy)
        ON CONFLICT (policy) DO NOTHING
        """

    package func beginPurge(
        _ order: PurgeOrder,
        due: PurgeInstant?,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> PurgeRun? {
        try await purging { purge in
            var purge = purge
            return try PurgeInterpreter.begin(order, due: due, audit: audit, call: call, in: &purge)
        }
    }

    package func advancePurge(_ id: Int64, limit: Int, clock: any TimeSource) async throws -> PurgeProgress? {
        try await purging(isRepeatable: true) { purge in
            var purge = purge
            let start = clock.monotonicNow()
            var progress = try PurgeInterpreter.advance(id, limit: limit, in: &purge)
            progress?.elapsed = clock.monotonicNow() - start
            return progress
        }
    }

    package func openPurge() async throws -> PurgeRun? {
        try await readers.read { session in
            try session.query(Self.openRun).firstStored { try PurgeCodec.run(row: $0) }
        }
    }

    private static let openRun = PostgresStatement(
        "SELECT \(PurgeCodec.columns) FROM purge_run WHERE ended_time IS NULL ORDER BY id LIMIT 1"
    )

    package func purgeRuns(limit: Int) async throws -> [PurgeRun] {
        try await readers.read { session in
            try session.query(Self.runs) { $0.append(limit) }.stored { try PurgeCodec.run(row: $0) }
        }
    }

    private static let runs = PostgresStatement(
        "SELECT \(PurgeCodec.columns) FROM purge_run ORDER BY id DESC LIMIT $1::bigint"
    )

    package func earliestDeletion() async throws -> Timestamp? {
        try await readers.read { session in
            try session.query(PurgeQueries.earliestDeletion).firstRow { Timestamp(milliseconds: $0.integer()) }
        }
    }

    package func removableRequests(deletedUntil cutoff: Timestamp, limit: Int) async throws -> [RequestID] {
        try await readers.read { session in
            let roots = try session.query(PurgeQueries.removableRoots) { parameters in
                parameters.append(cutoff.milliseconds)
                parameters.append(limit)
            }
            .rows { PurgeRemoval.Root(id: RequestID($0.integer()), hasChildren: $0.integer() != 0) }
            return try PurgeRemoval.plan(roots, limit: limit) { root, limit in
                try session.query(PurgeQueries.youngest) { parameters in
                    parameters.append(root.value)
                    parameters.append(limit)
                }
                .rows { RequestID($0.integer()) }
            }
        }
    }

    package func removeRequests(
        _ ids: [RequestID],
        deletedUntil cutoff: Timestamp,
        clock: any TimeSource
    ) async throws -> RemovalProgress {
        try await purging(isRepeatable: true) { purge in
            let start = clock.monotonicNow()
            let count = try purge.remove(ids, deletedUntil: cutoff)
            return RemovalProgress(count: count, elapsed: clock.monotonicNow() - start)
        }
    }

    package func storedRequests(among ids: [RequestID]) async throws -> Set<RequestID> {
        let numbers = ids.map(\.value)
        return try await readers.read { session in
            Set(
                try session.query(PurgeQueries.storedAmong) { $0.append(array: numbers) }
                    .rows { RequestID($0.integer()) }
            )
        }
    }

    package func removeAudit(
        before cutoff: Timestamp,
        limit: Int,
        clock: any TimeSource
    ) async throws -> RemovalProgress {
        try await purging(isRepeatable: true) { purge in
            let start = clock.monotonicNow()
            let count = try purge.removeAudit(before: cutoff, limit: limit)
            return RemovalProgress(count: count, elapsed: clock.monotonicNow() - start)
        }
    }

    /// In a transaction that no call of others shares: what those hold must not wait for a purge.
    ///
    /// - Parameters:
    ///   - isRepeatable: whether a crash may undo what has committed, since it is found and done again: then no writer
    ///     waits for the disk.
    ///   - body: the transaction.
    /// - Returns: what `body` returned.
    /// - Throws: what `body` throws, `StoreFault`.
    func purging<Value: Sendable>(
        isRepeatable: Bool = false,
        _ body: @escaping @Sendable (PostgresPurgeTransaction) throws -> Value
    ) async throws -> Value {
        // Heavier than a batch may be: it is taken alone, so that nobody else is acknowledged before the fsync.
        try await transact(weight: PostgresStoreLimits.batchOperationsMax + 1) { transaction in
            if isRepeatable { try transaction.work.session.connection.execute("SET LOCAL synchronous_commit = off") }
            return try body(PostgresPurgeTransaction(work: transaction.work))
        }
    }
}
