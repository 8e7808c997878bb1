package import Logging
package import SchedulerCore

/// Ends what lost nodes have left behind (runtime §8): their processes first, then their attempts.
package struct RecoveryLoop: EngineLoop {
    /// Attempts recovered in one transaction.
    package static let batchLimit = 100

    package let name = "recovery"
    package let wake: WakeSignal

    private let store: any RequestStore
    private let gateway: CommandGateway
    private let reaper: any AbandonedProcessReaper
    private let node: NodeRecord
    private let longestPause: Duration
    private let logger: Logger

    package init(
        store: any RequestStore,
        gateway: CommandGateway,
        reaper: any AbandonedProcessReaper,
        node: NodeRecord,
        longestPause: Duration,
        wake: WakeSignal,
        logger: Logger
    ) {
        self.store = store
        self.gateway = gateway
        self.reaper = reaper
        self.node = node
        self.longestPause = longestPause
        self.wake = wake
        self.logger = logger
    }

    package func runOnce() async throws -> NextPass {
        var last: RequestID?
        var failure: (any Error)?
        // Page by page to the end: rows that stay where they are do not keep those behind them.
        while true {
            let lost = try await store.attempts(.lost(self: node.id), after: last, limit: Self.batchLimit)
            do {
                try await recover(lost)
            } catch {
                failure = error
            }
            guard lost.count == Self.batchLimit else { break }
            last = lost.last?.id
        }
        if let failure { throw failure }
        return .after(longestPause)
    }

    private func recover(_ lost: [JobRequest]) async throws {
        guard !lost.isEmpty else { return }
        let withProcess = lost.filter { $0.process != nil }
        if !withProcess.isEmpty { await reaper.reap(withProcess) }
        let commands = lost.map { RequestCommand($0.id, .nodeLost(reason: .nodeRestarted), epoch: $0.epoch) }
        for (request, result) in zip(lost, try await perform(commands)) where result.outcome == .applied {
            logger.info(
                "Attempt recovered",
                metadata: [
                    "request.id": "\(request.id)", "attempt": "\(request.attempt)",
                    "state": "\(result.request?.state.rawValue ?? "")", "reason": "node_restarted",
                ]
            )
        }
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
    /// Ends their processes, with group and descendants, that are still the same; returns when these are gone.
    ///
    /// - Parameter requests: each with a `process`.
    func reap(_ requests: [JobRequest]) async
}
