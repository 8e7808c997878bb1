import SchedulerCore

extension FaultyStore where Base: PurgeStore {
    func beginPurge(_ order: PurgeOrder, audit: AuditEntry) async throws -> PurgeRun? {
        try await write {
            let run = try await base.beginPurge(order, due: nil, audit: audit)
            if let run { observer(.purgeBegun(run)) }
            return run
        }
    }

    func advancePurge(_ id: Int64, limit: Int, clock: any TimeSource) async throws -> PurgeProgress? {
        try await write {
            let progress = try await base.advancePurge(id, limit: limit, clock: clock)
            if let progress { observer(.purgeAdvanced(progress, limit: limit)) }
            return progress
        }
    }

    func removeRequests(
        _ ids: [RequestID],
        deletedUntil cutoff: Timestamp,
        clock: any TimeSource
    ) async throws -> RemovalProgress {
        try await write {
            let progress = try await base.removeRequests(ids, deletedUntil: cutoff, clock: clock)
            observer(.removal(ids, deletedUntil: cutoff, count: progress.count))
            return progress
        }
    }
}
