/// The connection of a thread that always needs one, made anew where it was lost. Stays on that thread.
package final class ReconnectingConnection {
    private let options: PostgresOptions
    private var reconnection: Reconnection
    private var connection: PostgresConnection?
    private var lastError: PostgresError?

    package init(_ options: PostgresOptions, policy: ReconnectionPolicy = ReconnectionPolicy()) {
        self.options = options
        reconnection = Reconnection(policy)
    }

    /// Gives the connection, a new one where the last is known to be lost.
    ///
    /// - Throws: `PostgresError` of cause `notConnected`; at once while the pause after a failed attempt lasts.
    package func use() throws(PostgresError) -> PostgresConnection {
        if let connection, connection.isAlive { return connection }
        drop()
        guard reconnection.mayConnect(now: MonotonicClock.now()) else {
            throw lastError ?? PostgresError(.notConnected, "not connected")
        }
        do throws(PostgresError) {
            let fresh = try PostgresConnection(options)
            reconnection.succeeded()
            connection = fresh
            return fresh
        } catch {
            reconnection.failed(now: MonotonicClock.now(), jitter: .random(in: 0..<1))
            lastError = error
            throw error
        }
    }

    /// How long to wait before `use` tries again; zero if it would at once.
    package var pause: Duration {
        guard let notBefore = reconnection.notBefore else { return .zero }
        return max(.zero, notBefore - MonotonicClock.now())
    }

    /// Ends the session; the next use begins another.
    package func drop() {
        connection?.close()
        connection = nil
    }
}
