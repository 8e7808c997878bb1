import Synchronization

/// Something that happens once, such as the end of a thread, for which others wait.
package final class OneTimeEvent: Sendable {
    private struct State {
        var hasHappened = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func happen() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.hasHappened = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when it has happened.
    package func wait() async {
        await withCheckedContinuation { continuation in
            let hasHappened = state.withLock { state -> Bool in
                if !state.hasHappened { state.waiters.append(continuation) }
                return state.hasHappened
            }
            if hasHappened { continuation.resume() }
        }
    }
}
