package import SchedulerCore
import Synchronization

/// The attempts that hold a thread of this node, by epoch.
package final class RunningAttempts: Sendable {
    private struct Entry {
        let requestID: RequestID
        let workAssignment: MetadataObjectID?
        let control: InvocationControl
    }

    private struct State {
        var entries: [AttemptEpoch: Entry] = [:]
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var count: Int { state.withLock { $0.entries.count } }

    package var all: [RunningAttempt] {
        state.withLock { state in
            state.entries.map { epoch, entry in
                RunningAttempt(requestID: entry.requestID, epoch: epoch, workAssignment: entry.workAssignment)
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
            state.entries[epoch] = Entry(requestID: id, workAssignment: workAssignment, control: control)
        }
    }

    package func remove(_ epoch: AttemptEpoch) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.entries[epoch] = nil
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
