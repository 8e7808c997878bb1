import SchedulerCore
import Synchronization

/// Time that a test moves; a test can wait until the code under test has gone to sleep.
final class TestClock: TimeSource {
    private struct Sleeper {
        let id: Int
        let end: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var monotonic: Duration = .zero
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    /// The length of each sleep, as it begins.
    let sleeps = EventQueue<Duration>()
    private let start = Timestamp(milliseconds: 1_900_000_000_000)
    private let state = Mutex(State())

    func now() -> Timestamp { start + monotonicNow() }

    func monotonicNow() -> Duration { state.withLock { $0.monotonic } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isCancelled = state.withLock { state in
                    if state.cancelled.contains(id) { return true }
                    let end = state.monotonic + duration
                    state.sleepers.append(Sleeper(id: id, end: end, continuation: continuation))
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
                sleeps.add(duration)
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                state.cancelled.insert(id)
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else { return nil }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Wakes everybody whose time has come.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.monotonic += duration
            let due = state.sleepers.filter { $0.end <= state.monotonic }
            state.sleepers.removeAll { $0.end <= state.monotonic }
            return due
        }
        for sleeper in due { sleeper.continuation.resume() }
    }
}
