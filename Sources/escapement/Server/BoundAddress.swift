import Synchronization

/// The address that the server really listens on, known once it does.
final class BoundAddress: Sendable {
    private struct State {
        var url: String?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Base of all links, without a slash at the end; empty until it is known.
    var url: String { state.withLock { $0.url ?? "" } }

    func set(_ url: String) {
        let waiters = state.withLock { state in
            state.url = url
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns once the address is known.
    func known() async {
        await withCheckedContinuation { continuation in
            let isKnown = state.withLock { state in
                if state.url == nil { state.waiters.append(continuation) }
                return state.url != nil
            }
            if isKnown { continuation.resume() }
        }
    }
}
