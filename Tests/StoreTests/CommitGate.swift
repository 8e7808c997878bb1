import Dispatch
import SchedulerCore
import SchedulerTesting
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

extension CommitGate {
    /// Makes calls that all wait while the writer is held up, then lets it go on.
    ///
    /// - Parameters:
    ///   - store: its one writer passes this gate before each commit.
    ///   - count: of the calls, beside the one that is held up.
    ///   - waiting: calls that wait for the writer.
    ///   - call: what to do with the submission, whose description is the number of the call.
    /// - Returns: what the calls returned, in any order.
    /// - Throws: what they throw.
    func gathered<Value: Sendable>(
        _ store: some RequestStore,
        count: Int,
        waiting: () -> Int,
        _ call: @escaping @Sendable (Submission) async throws -> Value
    ) async throws -> [Value] {
        shut()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                _ = try? await store.submit(StoreSamples.submission(), audit: nil)
                return nil
            }
            await untilHeldUp()
            for number in 0..<count {
                var submission = StoreSamples.submission()
                submission.facts.description = "\(number)"
                group.addTask { [submission] in try await call(submission) }
            }
            while waiting() < count { await Task.yield() }
            open()
            return try await group.reduce(into: []) { if let value = $1 { $0.append(value) } }
        }
    }
}
