import Metrics
package import SchedulerCore

/// Where every command of a node passes: store first, then the effects of what has been committed.
package struct CommandGateway: Sendable {
    private let store: any RequestStore
    private let launcher: any AttemptLauncher
    private let signals: EngineSignals
    private let cancelGrace: @Sendable () -> Duration

    package init(
        store: any RequestStore,
        launcher: any AttemptLauncher,
        signals: EngineSignals,
        cancelGrace: @escaping @Sendable () -> Duration
    ) {
        self.store = store
        self.launcher = launcher
        self.signals = signals
        self.cancelGrace = cancelGrace
    }

    /// The way of submissions, which need nothing of the node but its loops.
    package var submissions: SubmissionGateway { SubmissionGateway(store: store, signals: signals) }

    /// Performs commands and carries out their effects.
    ///
    /// - Parameter commands: at most `StoreLimits.commandsPerCall`.
    /// - Returns: one result a command, in order.
    /// - Throws: `StoreFault`. The effects of a change whose answer was lost are found again by the heartbeat.
    package func perform(_ commands: [RequestCommand]) async throws -> [CommandResult] {
        let results = try await store.perform(commands)
        carryOut(results)
        return results
    }

    /// One dispatch pass of a node; what it starts is left to the caller.
    package func claim(_ claim: @escaping @Sendable () -> Claim) async throws -> ClaimResult {
        let result = try await store.claim(claim)
        carryOut(result.changes, wakesDispatch: false)
        if result.started.contains(where: { $0.request.mayHaveTold }) { signals.outbox.signal() }
        if !result.skipped.isEmpty { Self.skippedCandidates.increment(by: result.skipped.count) }
        return result
    }

    /// Performs one command.
    package func perform(_ command: RequestCommand) async throws -> CommandResult {
        let results = try await perform([command])
        guard let result = results.first else { throw StoreFault("the store gave no result") }
        return result
    }

    package func fireTimers(limit: Int) async throws -> [CommandResult] {
        let results = try await store.fireTimers(limit: limit)
        carryOut(results)
        return results
    }

    package func sweepLocks(after id: RequestID?, limit: Int) async throws -> LockSweep {
        let sweep = try await store.sweepLocks(after: id, limit: limit)
        carryOut(sweep.changes)
        return sweep
    }

    private func carryOut(_ results: [CommandResult]) {
        for result in results {
            if result.outcome == .dropped(.staleEpoch) { Self.staleWrites.increment() }
            carryOut(result.changes)
        }
    }

    private func carryOut(_ changes: [RequestChange], wakesDispatch: Bool = true) {
        for change in changes {
            if wakesDispatch, change.request.dispatchTime != nil || change.request.leftWorkSlot {
                signals.dispatch.signal()
            }
            if change.request.nextTimer != nil { signals.timers.signal() }
            if change.request.mayHaveTold { signals.outbox.signal() }
            for effect in change.effects { carryOut(effect, of: change.request) }
        }
    }

    private func carryOut(_ effect: RequestEffect, of request: JobRequest) {
        switch effect {
        case .stopAttempt(let epoch, let reason, let grace):
            launcher.stop(epoch, StopDemand(reason: reason, grace: grace ?? cancelGrace()))
        case .callCancel:
            launcher.callCancel(request)
        }
    }

    private static let staleWrites = Counter(label: "escapement_stale_writes_rejected_total")
    private static let skippedCandidates = Counter(label: "escapement_dispatch_skipped_total")
}

/// What wakes the loops of a node.
package struct EngineSignals: Sendable {
    package let dispatch = WakeSignal()
    package let timers = WakeSignal()
    package let heartbeat = WakeSignal()
    package let recovery = WakeSignal()
    package let locks = WakeSignal()
    package let metadata = WakeSignal()
    package let purge = WakeSignal()
    package let outbox = WakeSignal()

    package init() {}
}
