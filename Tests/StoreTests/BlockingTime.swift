import Dispatch
import SchedulerCore
import Synchronization

/// Time that stands still, and whoever asks for it too if a test wants so: the writer asks once a transaction.
final class BlockingTime: TimeSource {
    private struct State {
        var blocks = false
        var waiter: CheckedContinuation<Void, Never>?
        var isBlocked = false
    }

    private let state = Mutex(State())
    private let gate = DispatchSemaphore(value: 0)

    func now() -> Timestamp {
        let (blocks, waiter) = state.withLock { state in
            defer {
                state.isBlocked = state.blocks
                state.blocks = false
                state.waiter = nil
            }
            return (state.blocks, state.blocks ? state.waiter : nil)
        }
        waiter?.resume()
        if blocks { gate.wait() }
        return Timestamp(milliseconds: 1_900_000_000_000)
    }

    func monotonicNow() -> Duration { .zero }

    func sleep(for duration: Duration) async throws {}

    /// Holds up the next one who asks.
    func block() {
        state.withLock {
            $0.blocks = true
            $0.isBlocked = false
        }
    }

    /// Returns when somebody is held up.
    func untilBlocked() async {
        await withCheckedContinuation { continuation in
            let isBlocked = state.withLock { state -> Bool in
                if !state.isBlocked { state.waiter = continuation }
                return state.isBlocked
            }
            if isBlocked { continuation.resume() }
        }
    }

    func release() { gate.signal() }
}
