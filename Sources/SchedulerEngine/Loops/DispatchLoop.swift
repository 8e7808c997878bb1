package import Logging
import Metrics
package import SchedulerCore
import Synchronization

/// Claims due requests for the free threads of the node and hands them to the launcher (runtime §7.3).
package final class DispatchLoop: EngineLoop {
    /// Due requests that become READY in one pass when no thread is free.
    package static let readyLimit = 200
    /// While requests start, every so manieth pass also makes those READY that found no thread.
    package static let passesUntilReady = 32
    /// After so many passes in a row that start nothing, the threads seem to be taken for longer.
    package static let emptyPassesUntilReady = 3
    /// Most requests claimed in one pass.
    package static let claimLimit = 256
    /// After so many failed passes in a row the dispatcher counts as failed.
    package static let failuresUntilFailed = 5
    /// Shortest pause while something is overdue that the pass could not take.
    package static let overduePause: Duration = .milliseconds(10)

    package let name = "dispatch"
    package let wake: WakeSignal

    private let store: any RequestStore
    private let gateway: CommandGateway
    private let launcher: any AttemptLauncher
    private let membership: Membership
    private let mayClaim: @Sendable () -> Bool
    private let threads: @Sendable () -> Int
    private let longestPause: @Sendable () -> Duration
    private let isNewcomer: @Sendable () -> Bool
    private let looksForStarving: Bool
    private let logger: Logger?
    private let heartbeat: WakeSignal
    private let admission: NodeAdmission?
    private let isStopped = Mutex(false)
    private let memory = Mutex(DispatchMemory())
    /// For how many threads the newest pass has asked.
    private let limit = Atomic<Int>(0)
    /// Passes that have failed since the last one that did not.
    private let failures = Atomic<Int>(0)
    /// A claim whose answer was lost, or came when nothing could be started any more, may have started requests that
    /// nobody runs: how often the node had lost its lease when it claimed.
    private let uncertain = Mutex<Int?>(nil)

    package init(
        store: any RequestStore,
        gateway: CommandGateway,
        launcher: any AttemptLauncher,
        membership: Membership,
        admission: NodeAdmission? = nil,
        mayClaim: @escaping @Sendable () -> Bool = { true },
        threads: @escaping @Sendable () -> Int,
        longestPause: @escaping @Sendable () -> Duration,
        isNewcomer: @escaping @Sendable () -> Bool = { false },
        looksForStarving: Bool = false,
        logger: Logger? = nil,
        wake: WakeSignal,
        heartbeat: WakeSignal
    ) {
        self.store = store
        self.gateway = gateway
        self.launcher = launcher
        self.membership = membership
        self.admission = admission
        self.mayClaim = mayClaim
        self.threads = threads
        self.longestPause = longestPause
        self.isNewcomer = isNewcomer
        self.looksForStarving = looksForStarving
        self.logger = logger
        self.wake = wake
        self.heartbeat = heartbeat
    }

    /// No request is claimed from now on.
    package func stop() { isStopped.withLock { $0 = true } }

    /// Whether the last passes have all failed, at something else than a store that is away: what is due here stays.
    package var hasFailed: Bool { failures.load(ordering: .relaxed) >= Self.failuresUntilFailed }

    package func runOnce() async throws -> NextPass {
        do {
            let next = try await pass()
            failures.store(0, ordering: .relaxed)
            return next
        } catch {
            if (error as? StoreFault)?.kind != .unavailable { failures.add(1, ordering: .relaxed) }
            throw error
        }
    }

    private func pass() async throws -> NextPass {
        guard !isStopped.withLock({ $0 }), !membership.isFenced else { return .after(longestPause()) }
        guard try await reconcile() else { return nothingLaunched }
        guard mayClaim() else { return .after(longestPause()) }
        let lossCount = membership.lossCount
        let result = try await claim(lossCount)
        guard result.standing == .active else {
            if result.standing == .none { heartbeat.signal() }
            return .after(longestPause())
        }
        let goesByOldPlan = note(result)
        for claimed in result.started where !launch(claimed, lossCount) { uncertain.withLock { $0 = lossCount } }
        guard uncertain.withLock({ $0 == nil }) else { return nothingLaunched }
        let limit = limit.load(ordering: .relaxed)
        if limit > 0, result.started.count == limit {
            // An attempt that ends wakes the loop; until then there is nothing to give.
            return launcher.runningCount < threads() ? .now : .after(Self.overduePause)
        }
        if result.becameReady == Self.readyLimit || result.hasMore || goesByOldPlan { return .now }
        return try await pause()
    }

    /// While the fence is closed there is nothing to do; a lease that was lost and had again leaves a rest to end.
    private var nothingLaunched: NextPass { membership.isFenced ? .after(longestPause()) : .now }

    private func note(_ result: ClaimResult) -> Bool {
        let (goesByOldPlan, before, starving) = memory.withLock { memory in
            let before = memory.starving
            return (memory.note(result), before, memory.starving)
        }
        if result.starving != nil { Self.starving.record(starving) }
        if before == 0, starving > 0 {
            logger?.warning("Requests are starving", metadata: ["requests": "\(starving)"])
        }
        return goesByOldPlan
    }

    private func claim(_ lossCount: Int) async throws -> ClaimResult {
        do {
            return try await gateway.claim {
                let claim = self.claim()
                self.limit.store(claim.limit, ordering: .relaxed)
                return claim
            }
        } catch {
            uncertain.withLock { $0 = lossCount }
            throw error
        }
    }

    /// What the node can take on at this moment.
    private func claim() -> Claim {
        let threads = threads()
        let isNewcomer = isNewcomer()
        return memory.withLock { memory in
            Claim(
                node: membership.node.id,
                processor: membership.node.name,
                limit: min(max(0, threads - launcher.runningCount), Self.claimLimit),
                readyLimit: memory.makesReady ? Self.readyLimit : 0,
                admission: admission,
                without: memory.passedOver,
                threads: threads,
                inUse: launcher.threadsInUse,
                isNewcomer: isNewcomer,
                starvesFrom: looksForStarving ? memory.starvesFrom : nil
            )
        }
    }

    /// The fence may close while the store works, and between any two lines here: what it has not seen is ended here.
    ///
    /// - Parameters:
    ///   - claimed: nothing of it has run.
    ///   - lossCount: how often the node had lost its lease when it claimed.
    /// - Returns: whether it was launched.
    private func launch(_ claimed: ClaimedRequest, _ lossCount: Int) -> Bool {
        guard !membership.isFenced, membership.lossCount == lossCount, let epoch = claimed.request.epoch else {
            return false
        }
        launcher.launch(claimed)
        if membership.isFenced { launcher.stop(epoch, StopDemand(reason: .fenced, grace: .zero)) }
        return true
    }

    /// Takes up what nobody runs although it was claimed.
    ///
    /// - Returns: false if the fence has closed before all was taken up.
    private func reconcile() async throws -> Bool {
        guard let lossCount = uncertain.withLock({ $0 }) else { return true }
        var last: RequestID?
        while true {
            // Looked at first: what ends while the store reads is no orphan.
            let known = Set(launcher.running.map(\.epoch))
            let owned = try await store.attempts(
                of: membership.node.id,
                after: last,
                limit: StoreLimits.commandsPerCall
            )
            let orphans = owned.filter { $0.epoch.map { !known.contains($0) && !launcher.isRunning($0) } ?? false }
            for orphan in orphans { guard try await takeUp(orphan, lossCount) else { return false } }
            guard owned.count == StoreLimits.commandsPerCall else { break }
            last = owned.last?.id
        }
        uncertain.withLock { $0 = nil }
        return true
    }

    /// An attempt that stands before its start is started; one that a cancel has overtaken is over. So is one that was
    /// claimed before the lease was lost: recovery may have seen it as lost and end it while it runs.
    private func takeUp(_ orphan: JobRequest, _ lossCount: Int) async throws -> Bool {
        let isOfThisLease = membership.lossCount == lossCount
        if isOfThisLease, orphan.standsBeforeStart {
            guard let detail = try await store.request(orphan.id) else { return true }
            return launch(ClaimedRequest(request: orphan, parameters: detail.parameters), lossCount)
        }
        let reason: NodeLostReason = isOfThisLease ? .forced : .leaseExpired
        _ = try await gateway.perform(RequestCommand(orphan.id, .nodeLost(reason: reason), epoch: orphan.epoch))
        return true
    }

    /// Until something is due or the work plan changes.
    private func pause() async throws -> NextPass {
        let (known, change) = memory.withLock { ($0.passedOver, $0.plan?.nextChange) }
        let due = try await store.nextInstants(without: known).due
        guard let next = [due, change].compactMap({ $0 }).min() else { return .after(longestPause()) }
        let delay = next - (try await store.now())
        return .after(delay > .zero ? min(delay, longestPause()) : Self.overduePause)
    }

    /// How many starving requests this node has met that it could run.
    private static let starving = Gauge(label: "escapement_starving_requests")
}

extension JobRequest {
    /// Whether its node has yet to begin what is next of it: a callout or the executable.
    fileprivate var standsBeforeStart: Bool {
        switch state {
        case .running: phase == .preProcessStart || (phase == .executeInitiate && process == nil)
        case .completed: phase == .postProcessStart
        default: false
        }
    }
}
