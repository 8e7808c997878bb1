package import Logging
import Metrics
package import SchedulerCore

/// Ends what lost nodes have left behind (runtime §8): their processes first, then their attempts.
package struct RecoveryLoop: EngineLoop {
    /// Attempts recovered in one transaction.
    package static let batchLimit = 100

    package let name = "recovery"
    package let wake: WakeSignal

    private let store: any RequestStore & ClusterStore
    private let gateway: CommandGateway
    private let reaper: any AbandonedProcessReaper
    private let membership: Membership
    private let logger: Logger

    package init(
        store: any RequestStore & ClusterStore,
        gateway: CommandGateway,
        reaper: any AbandonedProcessReaper,
        membership: Membership,
        wake: WakeSignal,
        logger: Logger
    ) {
        self.store = store
        self.gateway = gateway
        self.reaper = reaper
        self.membership = membership
        self.wake = wake
        self.logger = logger
    }

    /// A node that is lost is found within a third of a lease after its own lease, or that of the leader, is over.
    ///
    /// Attempts are the leader's to end; processes are killed by any node of their machine.
    package func runOnce() async throws -> NextPass {
        let pause = membership.lease / 3
        guard !membership.isFenced else { return .after(pause) }
        let leads = try await store.lead(.recovery, node: membership.node.id, lease: membership.lease) != nil
        var last: RequestID?
        var failure: (any Error)?
        // Page by page to the end: rows that stay where they are do not keep those behind them.
        while true {
            let lost = try await store.lostAttempts(for: membership.node.id, after: last, limit: Self.batchLimit)
            let left = await reap(lost)
            do {
                if leads { try await recover(lost) }
            } catch {
                failure = error
            }
            // What their node would have ended it has left behind if it died meanwhile; no row tells of it any more.
            if !left.isEmpty { _ = await reap(left) }
            guard lost.count == Self.batchLimit else { break }
            last = lost.last?.request.id
        }
        if let failure { throw failure }
        return .after(pause)
    }

    /// - Returns: those whose processes their former node has still to end itself.
    private func reap(_ lost: [LostAttempt]) async -> [LostAttempt] {
        let running = lost.filter { $0.request.process != nil }
        let abandoned = running.filter(mayReap)
        if !abandoned.isEmpty { await reaper.reap(abandoned.map(\.request)) }
        return running.filter { !abandoned.contains($0) }
    }

    private func recover(_ lost: [LostAttempt]) async throws {
        guard !lost.isEmpty else { return }
        let commands = lost.map {
            RequestCommand($0.request.id, .nodeLost(reason: $0.reason), epoch: $0.request.epoch)
        }
        for (attempt, result) in zip(lost, try await perform(commands)) where result.outcome == .applied {
            Counter(label: Self.recoveredLabel, dimensions: [("reason", attempt.reason.rawValue)]).increment()
            logger.info(
                "Attempt recovered",
                metadata: attempt.request.logMetadata.merging([
                    "state": "\(result.request?.state.rawValue ?? "")", "reason": "\(attempt.reason.rawValue)",
                    "former": "\(attempt.owner?.name ?? "")",
                ]) { $1 }
            )
        }
    }

    private static let recoveredLabel = "escapement_attempts_recovered_total"

    /// Whether the processes of the attempt are for this node to kill: its former node must be known to be gone. One
    /// that lives, and lost its lease only, ends them itself.
    private func mayReap(_ attempt: LostAttempt) -> Bool {
        attempt.owner.map { reaper.isGone($0.process) } ?? true
    }

    /// In one batch; where that fails, each alone, so that one poisonous row does not keep the others.
    private func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        do {
            return try await gateway.perform(commands)
        } catch {
            logger.warning("Recovery batch failed, going on one by one", metadata: ["error": "\(error)"])
        }
        var results: [CommandResult] = []
        var failure: (any Error)?
        for command in commands {
            do {
                results.append(try await gateway.perform(command))
            } catch {
                failure = error
                results.append(CommandResult(.dropped(.cannotArise), request: nil))
            }
        }
        if let failure { throw failure }
        return results
    }
}

/// Kills what a dead server process has left running.
package protocol AbandonedProcessReaper: Sendable {
    /// Whether the process is known to have ended: it was of this machine, since its last start, and is no more.
    func isGone(_ process: ProcessIdentity) -> Bool

    /// Ends their processes, with group and descendants, that are still the same; returns when these are gone.
    ///
    /// - Parameter requests: each with a `process`.
    func reap(_ requests: [JobRequest]) async
}
