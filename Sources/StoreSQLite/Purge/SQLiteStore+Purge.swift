package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func purgeCursors(of policies: [MetadataObjectID]) async throws -> [MetadataObjectID: Timestamp] {
        let wanted = Dictionary(policies.map { ($0.description, $0) }) { first, _ in first }
        let known = try await readers.read { session in
            try session.statements.statement("SELECT policy, time FROM purge_cursor").rows { row in
                (row.text(), Timestamp(milliseconds: row.integer()))
            }
        }
        var cursors: [MetadataObjectID: Timestamp] = [:]
        for (name, time) in known { if let id = wanted[name] { cursors[id] = time } }
        guard cursors.count < wanted.count || known.count > cursors.count else { return cursors }
        return try await purging { transaction in
            try Self.settleCursors(wanted, in: transaction)
        }
    }

    /// Forgets what is not wanted, begins what is missing.
    private static func settleCursors(
        _ wanted: [String: MetadataObjectID],
        in transaction: SQLitePurgeTransaction
    ) throws -> [MetadataObjectID: Timestamp] {
        var cursors: [MetadataObjectID: Timestamp] = [:]
        let known = try transaction.statement("SELECT policy, time FROM purge_cursor").rows { row in
            (row.text(), Timestamp(milliseconds: row.integer()))
        }
        for (name, time) in known {
            if let id = wanted[name] {
                cursors[id] = time
            } else {
                let removal = try transaction.statement("DELETE FROM purge_cursor WHERE policy = ?")
                removal.bind(name)
                try transaction.write(removal)
            }
        }
        for (name, id) in wanted where cursors[id] == nil {
            let insert = try transaction.statement("INSERT INTO purge_cursor (policy, time) VALUES (?, ?)")
            insert.bind(name)
            insert.bind(transaction.now.milliseconds)
            try transaction.write(insert)
            cursors[id] = transaction.now
        }
        return cursors
    }

    package func beginPurge(
        _ order: PurgeOrder,
        due: PurgeInstant?,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> PurgeRun? {
        try await purging { transaction in
            try PurgeInterpreter.begin(order, due: due, audit: audit, call: call, in: &transaction)
        }
    }

    package func advancePurge(_ id: Int64, limit: Int, clock: any TimeSource) async throws -> PurgeProgress? {
        try await purging { transaction in
            let start = clock.monotonicNow()
            var progress = try PurgeInterpreter.advance(id, limit: limit, in: &transaction)
            progress?.elapsed = clock.monotonicNow() - start
            return progress
        }
    }

    package func openPurge() async throws -> PurgeRun? {
        try await readers.read { session in
            let sql = "SELECT \(PurgeCodec.columns) FROM purge_run WHERE ended_time IS NULL ORDER BY id LIMIT 1"
            return try session.statements.statement(sql).firstRow { try PurgeCodec.run(row: $0) }
        }
    }

    package func purgeRuns(limit: Int) async throws -> [PurgeRun] {
        try await readers.read { session in
            let sql = "SELECT \(PurgeCodec.columns) FROM purge_run ORDER BY id DESC LIMIT ?"
            let query = try session.statements.statement(sql)
            query.bind(limit)
            return try query.rows { try PurgeCodec.run(row: $0) }
        }
    }

    package func earliestDeletion() async throws -> Timestamp? {
        try await readers.read { session in
            try session.statements.statement(PurgeQueries.earliestDeletion)
                .firstRow { Timestamp(milliseconds: $0.integer()) }
        }
    }

    package func removableRequests(deletedUntil cutoff: Timestamp, limit: Int) async throws -> [RequestID] {
        try await readers.read { session in
            let query = try session.statements.statement(PurgeQueries.removableRoots)
            query.bind(cutoff.milliseconds)
            query.bind(limit)
            let roots = try query.rows { row in
                PurgeRemoval.Root(id: RequestID(row.integer()), hasChildren: row.flag())
            }
            return try PurgeRemoval.plan(roots, limit: limit) { root, limit in
                let query = try session.statements.statement(PurgeQueries.youngest)
                query.bind(root.value)
                query.bind(limit)
                return try query.rows { RequestID($0.integer()) }
            }
        }
    }

    package func removeRequests(
        _ ids: [RequestID],
        deletedUntil cutoff: Timestamp,
        clock: any TimeSource
    ) async throws -> RemovalProgress {
        try await purging { transaction in
            let start = clock.monotonicNow()
            let count = try transaction.remove(ids, deletedUntil: cutoff)
            return RemovalProgress(count: count, elapsed: clock.monotonicNow() - start)
        }
    }

    package func storedRequests(among ids: [RequestID]) async throws -> Set<RequestID> {
        try await readers.read { session in
            let query = try session.statements.statement(PurgeQueries.storedAmong)
            query.bind(ids.jsonArray)
            return Set(try query.rows { RequestID($0.integer()) })
        }
    }

    package func removeAudit(
        before cutoff: Timestamp,
        limit: Int,
        clock: any TimeSource
    ) async throws -> RemovalProgress {
        try await purging { transaction in
            let start = clock.monotonicNow()
            let count = try transaction.removeAudit(before: cutoff, limit: limit)
            return RemovalProgress(count: count, elapsed: clock.monotonicNow() - start)
        }
    }

    private func purging<Value: Sendable>(
        _ body: @escaping @Sendable (inout SQLitePurgeTransaction) throws -> Value
    ) async throws -> Value {
        try await transact { transaction in
            var purge = SQLitePurgeTransaction(transaction)
            return try body(&purge)
        }
    }
}
