import SchedulerCore
import Synchronization

/// Time that a test moves and in which sleepers do sleep; a test can wait until somebody has gone to sleep.
final class SteppedTime: TimeSource {
    private struct Sleeper {
        let length: Duration
        let end: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var monotonic: Duration = .zero
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var lastSleeper = 0
        /// Told once when somebody goes to sleep for so long.
        var watchers: [(length: Duration, told: EventQueue<Void>)] = []
    }

    private let start = Timestamp(milliseconds: 1_900_000_000_000)
    private let state = Mutex(State())

    func now() -> Timestamp { start + monotonicNow() }

    func monotonicNow() -> Duration { state.withLock { $0.monotonic } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let number = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let watchers = state.withLock { state -> [EventQueue<Void>]? in
                    if state.cancelled.contains(number) { return nil }
                    let end = state.monotonic + duration
                    state.sleepers[number] = Sleeper(length: duration, end: end, continuation: continuation)
                    defer { state.watchers.removeAll { $0.length == duration } }
                    return state.watchers.filter { $0.length == duration }.map(\.told)
                }
                if watchers == nil { continuation.resume(throwing: CancellationError()) }
                for watcher in watchers ?? [] { watcher.add(()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                state.cancelled.insert(number)
                return state.sleepers.removeValue(forKey: number)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Wakes everybody whose time has come.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.monotonic += duration
            let due = state.sleepers.filter { $0.value.end <= state.monotonic }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    /// Returns when so many sleep who went to sleep for just this long.
    func untilSleeping(for length: Duration, count: Int = 1) async throws {
        while true {
            let told = EventQueue<Void>()
            let isReached = state.withLock { state in
                if state.sleepers.values.count(where: { $0.length == length }) >= count { return true }
                state.watchers.append((length, told))
                return false
            }
            if isReached { return }
            try await told.next()
        }
    }
}
