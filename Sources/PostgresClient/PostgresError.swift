/// What PostgreSQL, or the way to it, answered instead of doing its work.
package struct PostgresError: Error, Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        /// No connection came about: the server is away, refuses us, or the URI is wrong.
        case notConnected
        /// The connection ended during the call. Whether a COMMIT that met this took effect, nobody knows.
        case connectionLost
        /// The server refused the statement; `sqlState` says why.
        case server
        /// An earlier statement of the same pipelined transaction failed; this one was not run.
        case skipped
        /// The call cannot be sent, or its result not be read, as the caller wants it; nothing was changed by it
        /// unless a result was misread.
        case misuse
        /// No connection of the pool came free in time, or too many wait already.
        case exhausted
        /// The connection, pool or listener was closed before.
        case closed
    }

    package enum Kind: Hashable, Sendable {
        /// The same call may succeed later.
        case unavailable
        /// The call failed and would fail again.
        case failed
    }

    package let cause: Cause
    /// The server's code; nil where the server said nothing.
    package let sqlState: SQLState?
    /// Constraint that was violated.
    package let constraint: String?
    /// Table that the error is about.
    package let table: String?
    /// The server's words. Of some errors they quote values: not for logs, use the description there.
    package let message: String

    package init(
        _ cause: Cause,
        _ message: String,
        sqlState: SQLState? = nil,
        constraint: String? = nil,
        table: String? = nil
    ) {
        self.cause = cause
        self.message = message
        self.sqlState = sqlState
        self.constraint = constraint
        self.table = table
    }

    package var kind: Kind {
        switch cause {
        case .notConnected, .connectionLost, .exhausted, .closed: .unavailable
        case .server: sqlState?.passes == true ? .unavailable : .failed
        case .skipped, .misuse: .failed
        }
    }

    package var isConnectionLost: Bool { cause == .connectionLost }
    package var isUniqueViolation: Bool { sqlState == .uniqueViolation }
    /// By the statement timeout or by a cancellation.
    package var isCancelled: Bool { sqlState == .queryCancelled }
    /// Whether the transaction lost against another one and may be run again from its start.
    package var isTransactionConflict: Bool { sqlState == .serializationFailure || sqlState == .deadlock }
    /// Whether the server only reads, as a standby or a demoted primary does: the connection leads to the wrong one.
    package var isReadOnly: Bool { sqlState == .readOnlyTransaction }
}

extension PostgresError: CustomStringConvertible {
    /// Safe to log: no values of parameters or rows, no password.
    package var description: String {
        var text = "PostgreSQL"
        if let sqlState { text += " error \(sqlState)" }
        if let constraint, !constraint.isEmpty { text += ", constraint \(constraint)" }
        if let table, !table.isEmpty { text += ", table \(table)" }
        return sqlState?.isMessageSafe == false ? text : "\(text): \(message)"
    }
}
