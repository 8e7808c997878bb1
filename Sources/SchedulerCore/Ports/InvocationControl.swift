import Synchronization

/// Line between the engine and a running invocation: stop demands inward, process identities outward.
package final class InvocationControl: Sendable {
    private struct State {
        var demand: StopDemand?
        var handler: (@Sendable (StopDemand) -> Void)?
    }

    private let state = Mutex(State())
    private let recordProcess: @Sendable (ProcessIdentity) async -> Bool

    /// - Parameter recordProcess: makes the identity durable; false if the attempt is over and must not begin.
    package init(recordProcess: @escaping @Sendable (ProcessIdentity) async -> Bool) {
        self.recordProcess = recordProcess
    }

    /// The demand, once there is one.
    package var stopDemand: StopDemand? { state.withLock { $0.demand } }

    /// Demands the end. The first demand counts, but a fence comes before whatever was demanded more gently.
    package func stop(_ demand: StopDemand) {
        let handler = state.withLock { state -> (@Sendable (StopDemand) -> Void)? in
            if let first = state.demand { guard demand.reason == .fenced, first.reason != .fenced else { return nil } }
            state.demand = demand
            return state.handler
        }
        handler?(demand)
    }

    /// Calls `handler` at the demand, at once if it was made already, and again should a fence follow. One handler at
    /// a time.
    package func onStop(_ handler: @escaping @Sendable (StopDemand) -> Void) {
        let demand = state.withLock { state -> StopDemand? in
            state.handler = handler
            return state.demand
        }
        if let demand { handler(demand) }
    }

    /// Makes the identity of a prepared process durable before it is let go (runtime §8).
    ///
    /// - Parameter identity: of the process that waits before its exec.
    /// - Returns: false if the attempt is over: the process must be abandoned.
    package func record(_ identity: ProcessIdentity) async -> Bool { await recordProcess(identity) }
}
