package import SchedulerEngine
import Synchronization

/// Work of a node that can be made to stand still: before or after one of its store calls, or in a pause of its own.
///
/// Whoever lets it go on waits until it stands still again or has ended. So one thing happens at a time, and a run
/// depends on its seed alone.
package final class HeldWork: Sendable {
    /// The work that the current task does.
    @TaskLocal package static var current: HeldWork?

    private struct State {
        /// Moments that it passes before it stands still; nil: it does not.
        var countdown: Int?
        var isEnded = false
        var isAbandoned = false
        var result: Result<NextPass, any Error>?
        var standing: CheckedContinuation<Void, Never>?
        var watcher: CheckedContinuation<Bool, Never>?
    }

    private let state: Mutex<State>

    /// - Parameter moment: number of the moment, from 0, at which it stands still; nil for none.
    package init(moment: Int?) { state = Mutex(State(countdown: moment)) }

    /// Its node is dead: it may do nothing more.
    package var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    /// What came of it, if it is a pass of a loop.
    package var result: Result<NextPass, any Error>? {
        get { state.withLock { $0.result } }
        set { state.withLock { $0.result = newValue } }
    }

    package func abandon() { state.withLock { $0.isAbandoned = true } }

    /// Passes a moment at which it may stand still.
    func passMoment() async {
        let stands = state.withLock { state -> Bool in
            guard let left = state.countdown else { return false }
            state.countdown = left > 0 ? left - 1 : nil
            return left == 0
        }
        if stands { await standStill() }
    }

    /// Waits until it is let go on.
    func standStill() async {
        await withCheckedContinuation { continuation in
            let watcher = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                state.standing = continuation
                defer { state.watcher = nil }
                return state.watcher
            }
            watcher?.resume(returning: false)
        }
    }

    /// Lets it go on.
    ///
    /// - Returns: whether it has ended; else it stands still again.
    package func goOn() async -> Bool {
        let standing = state.withLock { state in
            defer { state.standing = nil }
            return state.standing
        }
        guard let standing else { return state.withLock { $0.isEnded } }
        return await watch { standing.resume() }
    }

    fileprivate func watch(_ start: () -> Void) async -> Bool {
        await withCheckedContinuation { watcher in
            state.withLock { $0.watcher = watcher }
            start()
        }
    }

    fileprivate func end() {
        let watcher = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            state.isEnded = true
            defer { state.watcher = nil }
            return state.watcher
        }
        watcher?.resume(returning: true)
    }
}

/// Does the work that can be held, in child tasks of `run()`.
package final class WorkCrew: Sendable {
    private let work: AsyncStream<@Sendable () async -> Void>
    private let queue: AsyncStream<@Sendable () async -> Void>.Continuation

    package init() { (work, queue) = AsyncStream.makeStream() }

    /// Works until `finish()`.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await item in work { group.addTask { await item() } }
        }
    }

    package func finish() { queue.finish() }

    /// - Returns: whether the work has ended; else it stands still.
    package func begin(_ work: HeldWork, _ body: @escaping @Sendable () async -> Void) async -> Bool {
        await work.watch {
            queue.yield {
                await HeldWork.$current.withValue(work) { await body() }
                work.end()
            }
        }
    }
}
