import Dispatch
import Synchronization

/// Holds up a writer before its commit, if a test wants so.
final class CommitGate: Sendable {
    private struct State {
        var isShut = false
        var isHeldUp = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)

    /// Called by the writer.
    func pass() {
        let (waits, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard state.isShut else { return (false, nil) }
            state.isShut = false
            state.isHeldUp = true
            defer { state.waiter = nil }
            return (true, state.waiter)
        }
        waiter?.resume()
        if waits { semaphore.wait() }
    }

    /// Holds up the next who passes.
    func shut() {
        state.withLock {
            $0.isShut = true
            $0.isHeldUp = false
        }
    }

    /// Returns when somebody is held up.
    func untilHeldUp() async {
        await withCheckedContinuation { continuation in
            let isHeldUp = state.withLock { state -> Bool in
                if !state.isHeldUp { state.waiter = continuation }
                return state.isHeldUp
            }
            if isHeldUp { continuation.resume() }
        }
    }

    func open() { semaphore.signal() }
}
