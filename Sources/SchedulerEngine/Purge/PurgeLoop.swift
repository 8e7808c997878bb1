package import Logging
import Metrics
package import SchedulerCore
import Synchronization

/// Removes what has ended long ago: a task of the leader (administration §6.5).
///
/// What it has done stands in the store; whichever node leads next goes on from there. A pass asks for the lead only
/// where something is due, works for a while in short transactions with rests between them, and comes again.
package final class PurgeLoop: EngineLoop {
    /// How long a pass works before it asks for the lead again; a part of the shortest lease.
    package static let passTime: Duration = .seconds(1)
    /// Pause after a pass that could do nothing of what was due.
    package static let fruitlessPause: Duration = .seconds(1)
    /// How often the contents are compared with the requests, and old audit records looked for.
    package static let tidyPause: Duration = .seconds(86_400)
    /// When they are for the first time, after this node has begun to look.
    package static let firstTidyPause: Duration = .seconds(3600)

    package let name = "purge"
    package let wake: WakeSignal

    let store: any PurgeStore & RequestStore & IdempotencyStore
    let catalogue: CatalogueHolder
    let content: any ContentPurging
    let settings: @Sendable () -> PurgeSettings
    let recurrence: RecurrenceSettings
    let time: any TimeSource
    let logger: Logger
    let state = Mutex(PurgeState())
    private let leads: @Sendable () async throws -> Bool
    private let longestPause: Duration

    /// - Parameters:
    ///   - store: what is purged.
    ///   - catalogue: holds the policies.
    ///   - content: logs and outputs.
    ///   - leads: takes or keeps the lead, and tells whether this node has it.
    ///   - settings: read anew at each pass.
    ///   - recurrence: how schedules are read.
    ///   - longestPause: longest between two looks for what is due.
    ///   - wake: told when somebody asks for a run.
    ///   - time: clocks of the node.
    ///   - logger: of the server.
    package init(
        store: any PurgeStore & RequestStore & IdempotencyStore,
        catalogue: CatalogueHolder,
        content: any ContentPurging,
        leads: @escaping @Sendable () async throws -> Bool,
        settings: @escaping @Sendable () -> PurgeSettings,
        recurrence: RecurrenceSettings,
        longestPause: Duration,
        wake: WakeSignal,
        time: any TimeSource,
        logger: Logger
    ) {
        self.store = store
        self.catalogue = catalogue
        self.content = content
        self.leads = leads
        self.settings = settings
        self.recurrence = recurrence
        self.longestPause = longestPause
        self.wake = wake
        self.time = time
        self.logger = logger
    }

    package func runOnce() async throws -> NextPass {
        let now = try await store.now()
        let schedule = try await schedule(now: now)
        let cutoff = now - settings().physicalAfter
        let deletion = try await store.earliestDeletion()
        let mustRemove = deletion.map { $0 <= cutoff } ?? false
        let isOpen = try await store.openPurge() != nil
        let tidying = state.withLock { $0.tidyPause(at: time.monotonicNow()) }
        guard isOpen || mustRemove || !schedule.due.isEmpty || tidying <= .zero else {
            var pause = min(longestPause, tidying)
            if let next = schedule.next { pause = min(pause, next - now) }
            if let deletion { pause = min(pause, deletion - cutoff) }
            return .after(max(pause, .milliseconds(1)))
        }
        guard try await leads() else { return .after(longestPause) }
        for due in schedule.due { try await begin(due) }
        return try await work()
    }

    /// Works in turns on the oldest run, on rows to remove and on what is left over, as long as a pass lasts.
    private func work() async throws -> NextPass {
        let end = time.monotonicNow() + Self.passTime
        var hasWorked = false
        repeat {
            let hasTaken = try await takeChunk()
            let hasRemoved = try await removeChunk()
            if !hasTaken, !hasRemoved, try await !tidyChunk() {
                // What is due and cannot be had, since others hold it, would be due at once again.
                return hasWorked ? .now : .after(Self.fruitlessPause)
            }
            hasWorked = true
            try Task.checkCancellation()
        } while time.monotonicNow() < end
        return .now
    }

    /// Rests after a chunk as long as its pace wants.
    ///
    /// - Parameters:
    ///   - pace: of its kind.
    ///   - count: rows of the chunk.
    ///   - elapsed: how long it kept the writer.
    ///   - start: when it was asked for, in monotonic time.
    /// - Throws: `CancellationError`.
    func rest(
        _ pace: WritableKeyPath<PurgeState, AdaptedPace>,
        _ count: Int,
        elapsed: Duration,
        since start: Duration
    ) async throws {
        let answer = time.monotonicNow() - start
        try await rest(state.withLock { $0[keyPath: pace].note(count, elapsed: elapsed, answer: answer) })
    }

    func rest(_ pause: Duration) async throws {
        if pause > .zero { try await time.sleep(for: pause) }
    }

    // MARK: - Policies

    private func schedule(now: Timestamp) async throws -> (due: [DuePolicy], next: Timestamp?) {
        let snapshot = catalogue.current
        let policies = snapshot.purgePolicies.filter(\.isEnabled)
        let cursors = try await store.purgeCursors(of: policies.map(\.id))
        var due: [DuePolicy] = []
        var next: Timestamp?
        for policy in policies {
            guard let cursor = cursors[policy.id] else { continue }
            do {
                let calendar = try PurgeCalendar(
                    policy,
                    in: snapshot,
                    defaultTimeZone: recurrence.defaultTimeZone,
                    extensions: recurrence.extensions
                )
                guard let instant = calendar.next(after: cursor, now: now) else { continue }
                if instant <= now {
                    let moment = PurgeInstant(policy: policy.id, cursor: cursor, instant: instant)
                    due.append(DuePolicy(policy: policy, moment: moment))
                } else {
                    next = min(next ?? instant, instant)
                }
            } catch {
                logger.error(
                    "Purge policy cannot run",
                    metadata: ["policy": "\(policy.id)", "error": "\(error)"]
                )
            }
        }
        return (due, next)
    }

    private func begin(_ due: DuePolicy) async throws {
        let order = PurgeOrder(due.policy)
        let run = try await store.beginPurge(order, due: due.moment, audit: .system(PurgeService.action))
        guard let run else { return }
        logger.info("Purge begun", metadata: ["run": "\(run.id)", "policy": "\(due.policy.id)"])
    }

    // MARK: - Chunks

    /// Marks a part of the oldest run's trees deleted; false where there is no run.
    private func takeChunk() async throws -> Bool {
        guard let run = try await store.openPurge() else { return false }
        let batchSize = settings().batchSize
        let limit = state.withLock { $0.marking.limit(batchSize) }
        let start = time.monotonicNow()
        guard let progress = try await store.advancePurge(run.id, limit: limit, clock: time) else { return false }
        let taken = progress.run.requests - run.requests
        if !run.order.isDryRun, taken > 0 { Self.counter("logical").increment(by: taken) }
        if progress.run.endedTime != nil {
            logger.info(
                "Purge ended",
                metadata: [
                    "run": "\(run.id)", "trees": "\(progress.run.trees)", "requests": "\(progress.run.requests)",
                    "isDryRun": "\(run.order.isDryRun)",
                ]
            )
        }
        try await rest(\.marking, progress.count, elapsed: progress.elapsed, since: start)
        return true
    }

    /// Removes content, then rows, of the trees that were deleted first; false where none may go.
    private func removeChunk() async throws -> Bool {
        let settings = settings()
        let cutoff = try await store.now() - settings.physicalAfter
        let limit = state.withLock { $0.removal.limit(settings.batchSize) }
        let ids = try await store.removableRequests(deletedUntil: cutoff, limit: limit)
        guard !ids.isEmpty else { return false }
        try await content.remove(ids)
        let start = time.monotonicNow()
        let progress = try await store.removeRequests(ids, deletedUntil: cutoff, clock: time)
        if progress.count > 0 { Self.counter("physical").increment(by: Int64(progress.count)) }
        try await rest(\.removal, progress.count, elapsed: progress.elapsed, since: start)
        // Rows that another transaction has in hand would be offered again at once.
        return progress.count > 0
    }

    private static func counter(_ phase: String) -> Counter {
        Counter(label: "escapement_purged_total", dimensions: [("phase", phase)])
    }
}

/// A policy at one of its instants.
private struct DuePolicy: Sendable {
    let policy: PurgePolicy
    let moment: PurgeInstant
}
