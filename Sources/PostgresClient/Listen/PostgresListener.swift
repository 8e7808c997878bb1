internal import Synchronization

/// Hears notifications (`LISTEN`) on a connection and a thread of its own, and connects again where it is lost.
package final class PostgresListener: Sendable {
    package enum Event: Hashable, Sendable {
        /// From now on everything is heard. What was sent before is lost: look for yourself what there is.
        case listening
        case notified(channel: String, payload: String)
        /// Nothing is heard until the next `listening`.
        case lost(PostgresError)
    }

    private struct State {
        var isStarted = false
        var isStopped = false
        var hasEnded = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let options: PostgresOptions
    private let channels: [String]
    private let policy: ReconnectionPolicy
    private let handler: @Sendable (Event) -> Void
    private let waker: Waker
    private let state = Mutex(State())

    /// - Parameters:
    ///   - options: of which only those of the connection count.
    ///   - channels: names as they were given to NOTIFY, at most 63 bytes each.
    ///   - policy: pauses between attempts to connect.
    ///   - handler: called on the listening thread, in order; must not block.
    /// - Throws: `PostgresError` if the process has no descriptors left.
    package init(
        _ options: PostgresOptions,
        channels: [String],
        policy: ReconnectionPolicy = ReconnectionPolicy(),
        handler: @escaping @Sendable (Event) -> Void
    ) throws(PostgresError) {
        self.options = options
        self.channels = channels
        self.policy = policy
        self.handler = handler
        waker = try Waker()
    }

    /// Begins; a second call does nothing.
    package func start() {
        let starts = state.withLock { state -> Bool in
            guard !state.isStarted, !state.isStopped else { return false }
            state.isStarted = true
            return true
        }
        guard starts else { return }
        BlockingThread.start("postgres.listener") { [self] in serve() }
    }

    /// Ends at once, whatever the connection is doing; returns when the thread has made its last call.
    package func stop() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state -> Bool in
                state.isStopped = true
                guard state.isStarted, !state.hasEnded else { return true }
                state.waiters.append(continuation)
                return false
            }
            waker.wake()
            if hasEnded { continuation.resume() }
        }
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func serve() {
        var reconnection = Reconnection(policy)
        while !isStopped {
            do throws(PostgresError) {
                let link = try ListenerLink(options, waker: waker)
                try link.listen(to: channels)
                reconnection.succeeded()
                handler(.listening)
                while !isStopped {
                    try link.receive { handler(.notified(channel: $0, payload: $1)) }
                }
            } catch {
                guard !isStopped else { break }
                handler(.lost(error))
                reconnection.failed(now: MonotonicClock.now(), jitter: .random(in: 0..<1))
                pause(until: reconnection.notBefore)
            }
        }
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.hasEnded = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func pause(until time: Duration?) {
        guard let time else { return }
        while !isStopped {
            let rest = time - MonotonicClock.now()
            guard rest > .zero else { return }
            _ = Descriptors.wait(for: nil, or: waker, timeout: rest)
        }
    }
}
