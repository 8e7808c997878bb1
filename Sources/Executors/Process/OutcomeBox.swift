import Synchronization

/// Holds the outcome of one process for whoever asks, before or after its end.
final class OutcomeBox: Sendable {
    private struct State {
        var outcome: ProcessOutcome?
        var waiting: [CheckedContinuation<ProcessOutcome, Never>] = []
    }

    private let state = Mutex(State())

    func value() async -> ProcessOutcome {
        await withCheckedContinuation { continuation in
            let outcome = state.withLock { state in
                if state.outcome == nil { state.waiting.append(continuation) }
                return state.outcome
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }

    /// The first outcome counts.
    func fill(_ outcome: ProcessOutcome) {
        let waiting = state.withLock { state in
            guard state.outcome == nil else { return [CheckedContinuation<ProcessOutcome, Never>]() }
            state.outcome = outcome
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: outcome) }
    }
}
