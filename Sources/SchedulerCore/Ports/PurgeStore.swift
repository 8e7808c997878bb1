/// Removal of what has ended long ago (administration §6.5): runs mark whole trees deleted, their rows go later.
///
/// Each call is one short transaction beside those of requests. All calls throw `StoreFault`. Content goes before rows:
/// as long as a row is there, its content is found and removed again after a crash.
package protocol PurgeStore: Sendable {
    /// The instants up to which policies have been decided. One that was not asked for before begins now; one that is
    /// not asked for is forgotten, so that what it misses is never caught up.
    func purgeCursors(of policies: [MetadataObjectID]) async throws -> [MetadataObjectID: Timestamp]

    /// Begins a run.
    ///
    /// - Parameters:
    ///   - order: what it is to take.
    ///   - due: the instant of its policy; nil for a run that somebody asked for.
    ///   - audit: who asked; written with it.
    ///   - call: recorded with it; nil for one without a key.
    /// - Returns: the run; nil where the run of that instant was begun already.
    /// - Throws: ESS-01054 where the call's key has been used; `StoreFault`.
    func beginPurge(
        _ order: PurgeOrder,
        due: PurgeInstant?,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> PurgeRun?

    /// Takes a bounded part of a run. After a lost answer a repeat goes on where the store stands.
    ///
    /// - Parameters:
    ///   - id: of the run.
    ///   - limit: requests at most.
    ///   - clock: measures how long the writer was kept.
    /// - Returns: where the run stands; nil for an unknown one.
    /// - Throws: `StoreFault`.
    func advancePurge(_ id: Int64, limit: Int, clock: any TimeSource) async throws -> PurgeProgress?

    /// The oldest run that has not ended.
    func openPurge() async throws -> PurgeRun?

    /// Runs, newest first.
    func purgeRuns(limit: Int) async throws -> [PurgeRun]

    /// When the oldest deleted tree that may go for good was deleted.
    func earliestDeletion() async throws -> Timestamp?

    /// Requests of trees that were deleted up to an instant and may go for good: see `PurgeRemoval.plan`.
    func removableRequests(deletedUntil cutoff: Timestamp, limit: Int) async throws -> [RequestID]

    /// Removes all rows of requests but those of the audit trail. Those that are not deleted for so long stay.
    ///
    /// - Parameters:
    ///   - ids: as `removableRequests` gave them, their content removed.
    ///   - cutoff: the same instant.
    ///   - clock: measures how long the writer was kept.
    /// - Returns: how many there were.
    /// - Throws: `StoreFault`.
    func removeRequests(
        _ ids: [RequestID],
        deletedUntil cutoff: Timestamp,
        clock: any TimeSource
    ) async throws -> RemovalProgress

    /// Those of the numbers that have a row, deleted or not.
    func storedRequests(among ids: [RequestID]) async throws -> Set<RequestID>

    /// Removes the oldest audit records as far as they are older than an instant.
    ///
    /// - Returns: how many.
    func removeAudit(before cutoff: Timestamp, limit: Int, clock: any TimeSource) async throws -> RemovalProgress
}

extension PurgeStore {
    /// Begins a run for a call without a key, or for a policy.
    package func beginPurge(_ order: PurgeOrder, due: PurgeInstant?, audit: AuditEntry) async throws -> PurgeRun? {
        try await beginPurge(order, due: due, audit: audit, call: nil)
    }
}

/// An instant at which a policy is due.
package struct PurgeInstant: Hashable, Sendable {
    package let policy: MetadataObjectID
    /// Where the policy's cursor was seen.
    package let cursor: Timestamp
    package let instant: Timestamp

    package init(policy: MetadataObjectID, cursor: Timestamp, instant: Timestamp) {
        self.policy = policy
        self.cursor = cursor
        self.instant = instant
    }
}

/// A part of a run.
package struct PurgeProgress: Hashable, Sendable {
    package let run: PurgeRun
    /// Requests that were looked at or taken.
    package let count: Int
    /// How long the writer was kept.
    package var elapsed: Duration = .zero

    package init(run: PurgeRun, count: Int) {
        self.run = run
        self.count = count
    }
}

/// Rows that went.
package struct RemovalProgress: Hashable, Sendable {
    package let count: Int
    /// How long the writer was kept.
    package let elapsed: Duration

    package init(count: Int, elapsed: Duration) {
        self.count = count
        self.elapsed = elapsed
    }
}
