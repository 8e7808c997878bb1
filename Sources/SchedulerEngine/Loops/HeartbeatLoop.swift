package import SchedulerCore

/// Renews the node's lease and carries out stops whose news did not reach it.
package struct HeartbeatLoop: EngineLoop {
    package let name = "heartbeat"
    package let wake: WakeSignal

    private let store: any RequestStore & ClusterStore
    private let launcher: any AttemptLauncher
    private let node: NodeRecord
    private let lease: Duration
    private let cancelGrace: @Sendable () -> Duration

    package init(
        store: any RequestStore & ClusterStore,
        launcher: any AttemptLauncher,
        node: NodeRecord,
        lease: Duration,
        cancelGrace: @escaping @Sendable () -> Duration,
        wake: WakeSignal
    ) {
        self.store = store
        self.launcher = launcher
        self.node = node
        self.lease = lease
        self.cancelGrace = cancelGrace
        self.wake = wake
    }

    package func runOnce() async throws -> NextPass {
        if try await !store.renew(node.id, lease: lease) {
            try await store.join(node, lease: lease)
        }
        var last: RequestID?
        while true {
            let owned = try await store.attempts(.node(node.id), after: last, limit: StoreLimits.commandsPerCall)
            for request in owned {
                guard let reason = request.stopReason, let epoch = request.epoch else { continue }
                let grace = request.policy.cancelGrace ?? cancelGrace()
                launcher.stop(epoch, StopDemand(reason: reason, grace: grace))
            }
            guard owned.count == StoreLimits.commandsPerCall else { return .after(lease / 3) }
            last = owned.last?.id
        }
    }
}
