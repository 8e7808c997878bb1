import Logging
import SchedulerCore
import Synchronization

/// What is left over: content that no request has, audit records that are too old, answers kept long enough.
extension PurgeLoop {
    /// Content this young may belong to a request that is just being made.
    package static let orphanAge: Duration = .seconds(86_400)
    /// Pause after a folder of contents.
    private static let contentPause: Duration = .milliseconds(50)

    /// Does a part of it; false where nothing is to be done for a day.
    func tidyChunk() async throws -> Bool {
        let (pause, areCallsDone, isAuditDone) = state.withLock {
            ($0.tidyPause(at: time.monotonicNow()), $0.areCallsDone, $0.isAuditDone)
        }
        guard pause <= .zero else { return false }
        if !areCallsDone, try await removeCalls() { return true }
        if !isAuditDone, try await removeAudit() { return true }
        if try await removeOrphans() { return true }
        state.withLock { $0.endTidying(at: time.monotonicNow()) }
        return false
    }

    /// Removes a part of the calls whose keys count no longer (REST §2.6); false where none is left.
    private func removeCalls() async throws -> Bool {
        let batchSize = settings().batchSize
        let limit = state.withLock { $0.calls.limit(batchSize) }
        let start = time.monotonicNow()
        let progress = try await store.removeCalls(limit: limit, clock: time)
        guard progress.count > 0 else {
            state.withLock { $0.areCallsDone = true }
            return false
        }
        try await rest(\.calls, progress.count, elapsed: progress.elapsed, since: start)
        return true
    }

    /// Removes a part of the old audit records; false where none is left.
    private func removeAudit() async throws -> Bool {
        let settings = settings()
        let cutoff = try await store.now() - settings.auditRetention
        let limit = state.withLock { $0.audit.limit(settings.batchSize) }
        let start = time.monotonicNow()
        let progress = try await store.removeAudit(before: cutoff, limit: limit, clock: time)
        guard progress.count > 0 else {
            state.withLock { $0.isAuditDone = true }
            return false
        }
        try await rest(\.audit, progress.count, elapsed: progress.elapsed, since: start)
        return true
    }

    /// Compares a folder of contents with the requests; false after the last one.
    private func removeOrphans() async throws -> Bool {
        let last = state.withLock { $0.lastContent }
        let contents = try await content.contents(after: last)
        guard let newest = contents.last else { return false }
        let stored = try await store.storedRequests(among: contents.map(\.id))
        let youngest = try await store.now() - Self.orphanAge
        let orphans = contents.filter { !stored.contains($0.id) && $0.changedTime < youngest }.map(\.id)
        if !orphans.isEmpty {
            try await content.remove(orphans)
            logger.notice(
                "Content without request removed",
                metadata: ["requests": "\(orphans.count)", "first": "\(orphans[0])"]
            )
        }
        state.withLock { $0.lastContent = newest.id }
        try await rest(Self.contentPause)
        return true
    }
}

extension Timestamp {
    /// The instant a span earlier.
    static func - (instant: Timestamp, duration: Duration) -> Timestamp {
        instant + .milliseconds(-duration.wholeMilliseconds)
    }
}
