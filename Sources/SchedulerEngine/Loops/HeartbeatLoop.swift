package import SchedulerCore

/// Renews the node's lease, carries out stops whose news did not reach it, and ends what no longer counts.
package struct HeartbeatLoop: EngineLoop {
    package let name = "heartbeat"
    package let wake: WakeSignal

    private let store: any RequestStore
    private let membership: Membership
    private let launcher: any AttemptLauncher
    private let cancelGrace: @Sendable () -> Duration
    /// Called when the node may start attempts again.
    private let onReturn: @Sendable () -> Void

    package init(
        store: any RequestStore,
        membership: Membership,
        launcher: any AttemptLauncher,
        cancelGrace: @escaping @Sendable () -> Duration,
        wake: WakeSignal,
        onReturn: @escaping @Sendable () -> Void
    ) {
        self.store = store
        self.membership = membership
        self.launcher = launcher
        self.cancelGrace = cancelGrace
        self.wake = wake
        self.onReturn = onReturn
    }

    /// A renewal that failed is tried again several times before the fence closes.
    package var longestFailurePause: Duration { membership.lease / 12 }

    package func runOnce() async throws -> NextPass {
        if try await membership.renew() { onReturn() }
        // Read first: what is claimed from now on is not looked at.
        let running = launcher.running
        let owned = try await carryOutStops()
        for attempt in running where !owned.contains(attempt.epoch) { try await endIfOver(attempt) }
        return .after(membership.lease / 3)
    }

    /// - Returns: the epochs of the attempts that the node owns.
    private func carryOutStops() async throws -> Set<AttemptEpoch> {
        var epochs: Set<AttemptEpoch> = []
        var last: RequestID?
        while true {
            let owned = try await store.attempts(
                of: membership.node.id,
                after: last,
                limit: StoreLimits.commandsPerCall
            )
            epochs.formUnion(owned.compactMap(\.epoch))
            for request in owned {
                guard let reason = request.stopReason, let epoch = request.epoch else { continue }
                let grace = request.policy.cancelGrace ?? cancelGrace()
                launcher.stop(epoch, StopDemand(reason: reason, grace: grace))
            }
            guard owned.count == StoreLimits.commandsPerCall else { return epochs }
            last = owned.last?.id
        }
    }

    /// Code of an attempt that is over holds a thread for nothing: it was completed by hand, or taken over while the
    /// node could not renew its lease. A start call that a report has overtaken may go on.
    private func endIfOver(_ attempt: RunningAttempt) async throws {
        let request = try await store.request(attempt.requestID)?.request
        if let request, request.epoch == attempt.epoch, request.handleStatus == .live { return }
        // Nobody asked the job to end: for its executor it is as if the node stopped.
        launcher.stop(attempt.epoch, StopDemand(reason: .nodeStopping, grace: cancelGrace()))
    }
}
