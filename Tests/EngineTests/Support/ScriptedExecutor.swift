import SchedulerCore
import Synchronization

/// An executor whose invocations last until the test says how they ended, or until they are told to end where the
/// test wants that.
final class ScriptedExecutor: JobExecutor {
    private struct State {
        var waiting: [AttemptEpoch: CheckedContinuation<InvocationResult, Never>] = [:]
        var results: [AttemptEpoch: InvocationResult] = [:]
        var endsWhenTold = true
        var cancelAnswer: CancelCallAnswer = .answered
    }

    /// Invocations, as they begin.
    let begun = EventQueue<Invocation>()
    /// Demands, as they are heard.
    let stopped = EventQueue<StopDemand>()
    /// Cancel calls, as they are made.
    let cancelCalls = EventQueue<Invocation>()
    private let state = Mutex(State())

    var endsWhenTold: Bool {
        get { state.withLock { $0.endsWhenTold } }
        set { state.withLock { $0.endsWhenTold = newValue } }
    }

    var cancelAnswer: CancelCallAnswer {
        get { state.withLock { $0.cancelAnswer } }
        set { state.withLock { $0.cancelAnswer = newValue } }
    }

    func execute(_ invocation: Invocation) async -> InvocationResult {
        guard let epoch = invocation.request.epoch else { return .ended(.systemError("no epoch")) }
        invocation.control.onStop { [self] demand in
            stopped.add(demand)
            if endsWhenTold { finish(epoch, .endedByServer) }
        }
        begun.add(invocation)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let result = state.withLock { state -> InvocationResult? in
                    if let result = state.results.removeValue(forKey: epoch) { return result }
                    state.waiting[epoch] = continuation
                    return nil
                }
                if let result { continuation.resume(returning: result) }
            }
        } onCancel: {
            finish(epoch, .endedByServer)
        }
    }

    func callCancel(_ invocation: Invocation) async -> CancelCallAnswer {
        cancelCalls.add(invocation)
        return cancelAnswer
    }

    /// Ends the invocation; the first end counts.
    func finish(_ epoch: AttemptEpoch, _ result: InvocationResult) {
        let waiting = state.withLock { state -> CheckedContinuation<InvocationResult, Never>? in
            if let waiting = state.waiting.removeValue(forKey: epoch) { return waiting }
            state.results[epoch] = state.results[epoch] ?? result
            return nil
        }
        waiting?.resume(returning: result)
    }
}
