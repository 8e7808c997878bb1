package import Logging
import Metrics
package import SchedulerCore
import Synchronization

/// A node's place in the cluster: its lease, and the fence that closes when that cannot be renewed.
package final class Membership: Sendable {
    package let node: NodeRecord
    private let store: any RequestStore & ClusterStore
    private let fence: LeaseFence
    private let launcher: any AttemptLauncher
    private let time: any TimeSource
    private let logger: Logger
    private let losses = Mutex(0)

    /// - Parameters:
    ///   - store: keeps the leases.
    ///   - node: identity of this start.
    ///   - fence: shared with whatever lets something run.
    ///   - launcher: holds what must end when the fence closes.
    ///   - time: clocks of the node.
    ///   - logger: constant messages, facts as metadata.
    package init(
        store: any RequestStore & ClusterStore,
        node: NodeRecord,
        fence: LeaseFence,
        launcher: any AttemptLauncher,
        time: any TimeSource,
        logger: Logger
    ) {
        self.store = store
        self.node = node
        self.fence = fence
        self.launcher = launcher
        self.time = time
        self.logger = logger
    }

    /// How long the node's lease counts.
    package var lease: Duration { fence.lease }

    /// Whether nothing may start or run.
    package var isFenced: Bool { fence.isClosed(at: time.monotonicNow()) }

    /// How often the lease was found lost. What was claimed before the last time may be taken over at any moment,
    /// also while the node is a member again.
    package var lossCount: Int { losses.withLock { $0 } }

    /// Pause between two looks at a namesake's lease.
    package static let namesakePause: Duration = .milliseconds(500)

    /// Enters the cluster at the start of the process.
    ///
    /// The lease of a namesake is waited for; one that renews it is alive. If its process, on this machine, is gone,
    /// what it has left is killed and the name taken at once: later its attempts may be another's to recover, who
    /// cannot kill here.
    ///
    /// - Parameter reaper: of this machine.
    /// - Throws: `NodeNameTaken` if a living node has the name; `StoreFault`.
    package func enter(_ reaper: any AbandonedProcessReaper) async throws {
        var predecessor: NodeID?
        var first: (holder: NodeID, until: Timestamp)?
        while case .nameTaken(let holder, let until) = try await join(over: predecessor) {
            if predecessor != holder.id, reaper.isGone(holder.process) {
                try await reapRest(of: holder.id, reaper)
                predecessor = holder.id
                continue
            }
            if let first, first.holder != holder.id || until > first.until { throw NodeNameTaken(holder: holder) }
            if first == nil {
                first = (holder.id, until)
                logger.notice(
                    "Waiting for the lease of a node of the same name",
                    metadata: ["node.name": "\(holder.name)", "until": "\(until)"]
                )
            }
            try await time.sleep(for: Self.namesakePause)
        }
    }

    private func reapRest(of predecessor: NodeID, _ reaper: any AbandonedProcessReaper) async throws {
        var last: RequestID?
        while true {
            let left = try await store.attempts(of: predecessor, after: last, limit: StoreLimits.commandsPerCall)
            let abandoned = left.filter { $0.process != nil }
            if !abandoned.isEmpty { await reaper.reap(abandoned) }
            guard left.count == StoreLimits.commandsPerCall else { return }
            last = left.last?.id
        }
    }

    /// Asks for a lease.
    ///
    /// - Parameter predecessor: a namesake that is known to be gone.
    /// - Returns: whether the node is a member, or who has its name.
    /// - Throws: `StoreFault`.
    package func join(over predecessor: NodeID? = nil) async throws -> JoinOutcome {
        let asked = time.monotonicNow()
        let outcome = try await store.join(node, lease: lease, over: predecessor)
        if outcome == .joined { _ = open(askedAt: asked) }
        return outcome
    }

    /// Renews the lease. Where it was lost, everything that runs is ended before the node enters anew: it may have
    /// been taken over.
    ///
    /// - Returns: whether the node may start attempts again that could not before.
    package func renew() async throws -> Bool {
        let asked = time.monotonicNow()
        if try await store.renew(node.id, lease: lease) != .none { return open(askedAt: asked) }
        if !store.isExclusive {
            losses.withLock { $0 += 1 }
            if fence.close() { endAll("The lease was lost, everything that runs is ended") }
        }
        switch try await join() {
        case .joined: return !isFenced
        case .nameTaken(let other, let until):
            logger.error(
                "Another node has this node's name; nothing is started here until it is gone",
                metadata: ["node.name": "\(node.name)", "node.pid": "\(other.process.pid)", "until": "\(until)"]
            )
            return false
        }
    }

    /// Ends the membership. A store that does not answer is not waited for: the lease runs out by itself.
    package func leave() async {
        _ = fence.close()
        do {
            try await store.leave(node.id)
        } catch {
            logger.warning("The node could not take its leave", metadata: ["error": "\(error)"])
        }
    }

    /// Ends everything that runs if the lease was not renewed in time.
    ///
    /// - Returns: how long it is until it must have been renewed; nil while the node is fenced.
    package func checkFence() -> Duration? {
        let (hasClosed, remaining) = fence.check(now: time.monotonicNow())
        if hasClosed { endAll("The lease could not be renewed in time, everything that runs is ended") }
        return remaining
    }

    /// - Returns: whether the fence was closed and is open now.
    private func open(askedAt: Duration) -> Bool {
        guard fence.renew(askedAt: askedAt, now: time.monotonicNow()) else { return false }
        logger.info("Member of the cluster", metadata: ["node.name": "\(node.name)", "node.id": "\(node.id)"])
        return true
    }

    private func endAll(_ message: Logger.Message) {
        Self.fenced.increment()
        logger.error(message, metadata: ["running": "\(launcher.runningCount)"])
        launcher.stopAll(StopDemand(reason: .fenced, grace: .zero))
    }

    private static let fenced = Counter(label: "escapement_node_fenced_total")
}
