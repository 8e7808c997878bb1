package import SchedulerCore
import Synchronization

/// What the simulation itself knows of a node, from outside: never from the node's own fence.
package final class NodeView: Sendable {
    private struct State {
        var isFrozen = false
        var isGone = false
        var renewedAt: Duration?
    }

    package let record: NodeRecord
    package let clock: SimulatedClock
    package let launcher: SimulatedLauncher
    package let lease: Duration
    let place: NaivePlace
    private let state = Mutex(State())

    init(
        record: NodeRecord,
        clock: SimulatedClock,
        launcher: SimulatedLauncher,
        lease: Duration,
        place: NaivePlace
    ) {
        self.record = record
        self.clock = clock
        self.launcher = launcher
        self.lease = lease
        self.place = place
    }

    /// The process stands still, as a whole.
    package var isFrozen: Bool {
        get { state.withLock { $0.isFrozen } }
        set { state.withLock { $0.isFrozen = newValue } }
    }

    /// The process has ended.
    package var isGone: Bool { state.withLock { $0.isGone } }

    package func vanish() { state.withLock { $0.isGone = true } }

    /// By the node's own clock half a lease has gone since it asked for the lease that it was last granted, or it has
    /// none. Within the `allowance` it may not have noticed.
    package func isFenced(allowance: Duration = .zero) -> Bool {
        guard let renewedAt = state.withLock({ $0.renewedAt }) else { return true }
        return clock.monotonicNow() - renewedAt >= lease / 2 + allowance
    }

    func granted(askedAt: Duration) {
        guard clock.monotonicNow() - askedAt < lease / 2 else { return }
        state.withLock { $0.renewedAt = max(askedAt, $0.renewedAt ?? askedAt) }
    }

    func refused() { state.withLock { $0.renewedAt = nil } }
}
