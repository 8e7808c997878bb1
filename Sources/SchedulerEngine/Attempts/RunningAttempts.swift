package import SchedulerCore
import Synchronization

/// The attempts in the hands of this node, by epoch.
package final class RunningAttempts: Sendable {
    private struct Entry {
        let requestID: RequestID
        let workAssignment: MetadataObjectID?
        let control: InvocationControl
        var holdsThread = true
    }

    private struct State {
        var entries: [AttemptEpoch: Entry] = [:]
        /// Those that hold one.
        var threads = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Those that hold a thread.
    package var threadCount: Int { state.withLock { $0.threads } }

    package var all: [RunningAttempt] {
        state.withLock { state in
            state.entries.map { epoch, entry in
                RunningAttempt(
                    requestID: entry.requestID,
                    epoch: epoch,
                    workAssignment: entry.holdsThread ? entry.workAssignment : nil
                )
            }
        }
    }

    package func contains(_ epoch: AttemptEpoch) -> Bool { state.withLock { $0.entries[epoch] != nil } }

    package func insert(
        _ epoch: AttemptEpoch,
        of id: RequestID,
        under workAssignment: MetadataObjectID? = nil,
        _ control: InvocationControl
    ) {
        state.withLock { state in
            if state.entries[epoch]?.holdsThread != true { state.threads += 1 }
            state.entries[epoch] = Entry(requestID: id, workAssignment: workAssignment, control: control)
        }
    }

    /// The attempt has nothing left to run; only its outcome is not stored yet.
    package func leaveThread(_ epoch: AttemptEpoch) { setThread(epoch, held: false) }

    /// The attempt goes on after all.
    package func takeThread(_ epoch: AttemptEpoch) { setThread(epoch, held: true) }

    private func setThread(_ epoch: AttemptEpoch, held: Bool) {
        state.withLock { state in
            guard let entry = state.entries[epoch], entry.holdsThread != held else { return }
            state.entries[epoch]?.holdsThread = held
            state.threads += held ? 1 : -1
        }
    }

    package func remove(_ epoch: AttemptEpoch) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            if state.entries.removeValue(forKey: epoch)?.holdsThread == true { state.threads -= 1 }
            guard state.entries.isEmpty else { return [] }
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume() }
    }

    package func stop(_ epoch: AttemptEpoch, _ demand: StopDemand) {
        state.withLock { $0.entries[epoch]?.control }?.stop(demand)
    }

    package func stopAll(_ demand: StopDemand) {
        for control in state.withLock({ $0.entries.values.map(\.control) }) { control.stop(demand) }
    }

    /// Returns once no attempt is left, or when the task is cancelled.
    package func drain() async {
        let number = state.withLock { state -> Int in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state -> Bool in
                    if state.entries.isEmpty || Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }
}
