import SchedulerCore
import Synchronization

/// Whether a node may run anything, by its own monotonic clock: half a lease after it last asked for a renewal that
/// was granted it runs nothing any more, well before others may take its attempts (runtime §8).
package final class LeaseFence: Sendable {
    private struct State {
        /// When the renewal that was granted last was asked for; nil before the first.
        var renewedAt: Duration?
        var isClosed = true
    }

    /// Of the node.
    package let lease: Duration
    /// Whether time closes the fence; else only the loss of the lease does.
    private let isTimed: Bool
    private let state = Mutex(State())

    /// - Parameters:
    ///   - lease: of the node; the fence closes after half of it.
    ///   - isTimed: false where nobody else can take anything over.
    package init(lease: Duration, isTimed: Bool = true) {
        self.lease = lease
        self.isTimed = isTimed
    }

    /// Whether nothing may start or run. Asks the clock too: after a pause of the whole process nobody has looked yet.
    ///
    /// - Parameter now: monotonic instant.
    /// - Returns: true before the first lease, when it was lost, and half a lease after it was last asked for.
    package func isClosed(at now: Duration) -> Bool {
        state.withLock { state in
            guard !state.isClosed, let renewedAt = state.renewedAt else { return true }
            return isTimed && now - renewedAt >= lease / 2
        }
    }

    /// Opens the fence: the lease was granted.
    ///
    /// - Parameters:
    ///   - askedAt: monotonic instant before the store was asked: the lease began later than that.
    ///   - now: monotonic instant; an answer that took half a lease opens nothing.
    /// - Returns: whether the fence was closed.
    package func renew(askedAt: Duration, now: Duration) -> Bool {
        state.withLock { state in
            state.renewedAt = max(askedAt, state.renewedAt ?? askedAt)
            guard !isTimed || now - askedAt < lease / 2 else { return false }
            defer { state.isClosed = false }
            return state.isClosed
        }
    }

    /// Closes the fence: the lease is lost.
    ///
    /// - Returns: whether it was open.
    package func close() -> Bool {
        state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
    }

    /// Closes the fence if it is time.
    ///
    /// - Parameter now: monotonic instant.
    /// - Returns: whether it has just closed, and how long it is until it will; nil while it is closed.
    package func check(now: Duration) -> (hasClosed: Bool, remaining: Duration?) {
        state.withLock { state in
            guard isTimed, !state.isClosed, let renewedAt = state.renewedAt else { return (false, nil) }
            let remaining = renewedAt + lease / 2 - now
            guard remaining <= .zero else { return (false, remaining) }
            state.isClosed = true
            return (true, nil)
        }
    }
}
