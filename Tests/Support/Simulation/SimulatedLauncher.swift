package import SchedulerCore
package import SchedulerEngine
import Synchronization

/// Holds what a simulated node has claimed; the simulation decides how and when each attempt ends.
package final class SimulatedLauncher: AttemptLauncher {
    package struct Attempt: Sendable {
        package let claimed: ClaimedRequest
        package let epoch: AttemptEpoch
        /// As it stands: a callout may have come before what is next of it.
        package var current: JobRequest
        package var demand: StopDemand?
        /// The process of the job, once it was let go.
        package var process: ProcessIdentity?
        /// Outcome that the store did not take yet.
        package var outcome: InvocationResult?
        /// The same for a callout.
        package var answer: CalloutResult?
        /// It was offered, and the store has not answered.
        package var isOffered = false

        /// Every fourth job never ends unless it is told to.
        package var isHanging: Bool { epoch.value % 4 == 0 && current.dueCallout == nil }
    }

    private struct State {
        var attempts: [AttemptEpoch: Attempt] = [:]
        var cancelCalls: [JobRequest] = []
        var launched: Set<AttemptEpoch> = []
        var violations: [String] = []
    }

    private let state = Mutex(State())
    private let processes: SimulatedProcesses
    /// Looks at each launch before it happens; returns what is wrong with it.
    private let inspect: @Sendable (ClaimedRequest) -> String?

    package init(
        processes: SimulatedProcesses = SimulatedProcesses(),
        inspect: @escaping @Sendable (ClaimedRequest) -> String? = { _ in nil }
    ) {
        self.processes = processes
        self.inspect = inspect
    }

    /// Launches that must not have been.
    package var violations: [String] { state.withLock { $0.violations } }

    package var runningCount: Int { state.withLock { $0.attempts.count } }

    /// In order of their epochs, so that a choice among them depends on the seed alone.
    package var attempts: [Attempt] { state.withLock { $0.attempts.values.sorted { $0.epoch < $1.epoch } } }

    package var running: [RunningAttempt] {
        attempts.map { attempt in
            let request = attempt.claimed.request
            return RunningAttempt(requestID: request.id, epoch: attempt.epoch, workAssignment: request.workAssignment)
        }
    }

    package func isRunning(_ epoch: AttemptEpoch) -> Bool { state.withLock { $0.attempts[epoch] != nil } }

    package func launch(_ claimed: ClaimedRequest) {
        guard let epoch = claimed.request.epoch else { return }
        let violation = inspect(claimed)
        state.withLock { state in
            if let violation { state.violations.append(violation) }
            if !state.launched.insert(epoch).inserted {
                state.violations.append("I57 attempt \(epoch) was launched twice")
            }
            state.attempts[epoch] = Attempt(claimed: claimed, epoch: epoch, current: claimed.request)
        }
    }

    package func stop(_ epoch: AttemptEpoch, _ demand: StopDemand) {
        let process = state.withLock { state -> ProcessIdentity? in
            if state.attempts[epoch]?.demand == nil || demand.reason == .fenced {
                state.attempts[epoch]?.demand = demand
            }
            return state.attempts[epoch]?.process
        }
        // No grace: it is killed at once, whenever its outcome may be known.
        if demand.reason == .fenced, let process { processes.end(process) }
    }

    package func stopAll(_ demand: StopDemand) { for attempt in running { stop(attempt.epoch, demand) } }

    package func callCancel(_ request: JobRequest) { state.withLock { $0.cancelCalls.append(request) } }

    package func takeCancelCalls() -> [JobRequest] {
        state.withLock { state in
            defer { state.cancelCalls = [] }
            return state.cancelCalls
        }
    }

    package func begin(_ epoch: AttemptEpoch, _ process: ProcessIdentity) {
        state.withLock { $0.attempts[epoch]?.process = process }
    }

    package func settle(_ epoch: AttemptEpoch, _ outcome: InvocationResult) {
        state.withLock { $0.attempts[epoch]?.outcome = outcome }
    }

    package func settle(_ epoch: AttemptEpoch, answer: CalloutResult) {
        state.withLock { $0.attempts[epoch]?.answer = answer }
    }

    package func noteOffer(_ epoch: AttemptEpoch) { state.withLock { $0.attempts[epoch]?.isOffered = true } }

    /// The thread goes on with what is next of the request.
    package func goOn(_ epoch: AttemptEpoch, with request: JobRequest) {
        state.withLock { state in
            state.attempts[epoch]?.current = request
            state.attempts[epoch]?.process = nil
            state.attempts[epoch]?.outcome = nil
            state.attempts[epoch]?.answer = nil
            state.attempts[epoch]?.isOffered = false
        }
    }

    package func remove(_ epoch: AttemptEpoch) { state.withLock { $0.attempts[epoch] = nil } }
}
