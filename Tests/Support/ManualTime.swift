package import SchedulerCore
import Synchronization

/// Time that moves only when a test says so.
package final class ManualTime: TimeSource {
    private struct State {
        var now: Timestamp
        var monotonic: Duration = .zero
    }

    private let state: Mutex<State>

    package init(_ start: Timestamp = Timestamp(milliseconds: 1_900_000_000_000)) {
        state = Mutex(State(now: start))
    }

    package func now() -> Timestamp { state.withLock { $0.now } }

    package func monotonicNow() -> Duration { state.withLock { $0.monotonic } }

    /// Returns at once: a test that drives loops itself never waits.
    package func sleep(for duration: Duration) async throws { try Task.checkCancellation() }

    package func advance(by duration: Duration) {
        state.withLock {
            $0.now = $0.now + duration
            $0.monotonic += duration
        }
    }

    /// Moves the wall clock alone, as a changed setting would.
    package func jumpWallClock(by duration: Duration) {
        state.withLock { $0.now = $0.now + duration }
    }
}
