import Synchronization

/// Events in order; who asks first waits for the next one. The test's time limit ends a wait that is in vain.
final class EventQueue<Event: Sendable>: Sendable {
    private struct State {
        var events: [Event] = []
        var waiting: [CheckedContinuation<Event, Never>] = []
    }

    private let state = Mutex(State())

    /// Events that nobody has taken yet.
    var pending: [Event] { state.withLock { $0.events } }

    func add(_ event: Event) {
        let waiting = state.withLock { state -> CheckedContinuation<Event, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.events.append(event)
            return nil
        }
        waiting?.resume(returning: event)
    }

    func next() async -> Event {
        await withCheckedContinuation { continuation in
            let event = state.withLock { state -> Event? in
                guard state.events.isEmpty else { return state.events.removeFirst() }
                state.waiting.append(continuation)
                return nil
            }
            if let event { continuation.resume(returning: event) }
        }
    }
}
