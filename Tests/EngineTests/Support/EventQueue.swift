import Synchronization

/// Events in order; who asks first waits for the next one. The test's time limit ends a wait that is in vain.
final class EventQueue<Event: Sendable>: Sendable {
    private struct State {
        var events: [Event] = []
        var waiting: [(number: Int, continuation: CheckedContinuation<Event, any Error>)] = []
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    /// Events that nobody has taken yet.
    var pending: [Event] { state.withLock { $0.events } }

    func add(_ event: Event) {
        let waiting = state.withLock { state -> CheckedContinuation<Event, any Error>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().continuation }
            state.events.append(event)
            return nil
        }
        waiting?.resume(returning: event)
    }

    /// The next event; throws if the task is cancelled before there is one.
    func next() async throws -> Event {
        let number = state.withLock { state -> Int in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Event, any Error>? in
                    guard state.events.isEmpty else { return .success(state.events.removeFirst()) }
                    guard !Task.isCancelled else { return .failure(CancellationError()) }
                    state.waiting.append((number, continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Event, any Error>? in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
                return state.waiting.remove(at: index).continuation
            }
            waiting?.resume(throwing: CancellationError())
        }
    }
}
