internal import Synchronization

/// The way to end, from outside, what a call runs on the connection that its pool lent it.
package final class PostgresInterruption: Sendable {
    private struct State {
        var running: PostgresCancellation?
        var isWanted = false
    }

    /// Held while the server is asked, so that a request for this call never meets the next one.
    private let state = Mutex(State())

    package init() {}

    /// Runs `body` so that it can be interrupted until it has returned.
    ///
    /// - Throws: `CancellationError` where the end was asked for before, what `body` throws.
    package func run<Value>(on connection: PostgresConnection, _ body: () throws -> Value) throws -> Value {
        state.withLock { $0.running = connection.cancellation }
        defer { state.withLock { $0.running = nil } }
        try check()
        return try body()
    }

    /// Between two statements: a cancellation that came there has met none.
    ///
    /// - Throws: `CancellationError` where the end was asked for.
    package func check() throws {
        if state.withLock({ $0.isWanted }) { throw CancellationError() }
    }

    /// Asks the server to end the running statement; returns at once.
    package func cancel() { end { cancellation in do throws(PostgresError) { try cancellation.cancel() } catch {} } }

    /// Breaks the connection under the running statement; returns at once.
    package func sever() { end { $0.sever() } }

    private func end(_ body: @escaping @Sendable (PostgresCancellation) -> Void) {
        BlockingThread.start("postgres.interruption") { [self] in
            state.withLock { state in
                state.isWanted = true
                if let running = state.running { body(running) }
            }
        }
    }
}
