/// Bounds of the PostgreSQL store, each with its unit.
package enum PostgresStoreLimits {
    /// Commands and single calls that one transaction takes at most; what waits beyond forms the next one.
    package static let batchOperationsMax = 500
    /// Calls that may wait for the writers; more are refused as `unavailable`.
    package static let waitingWritesMax = 20_000
    /// Calls that may wait for the readers; more are refused as `unavailable`.
    package static let waitingReadsMax = 20_000
    /// Single requests that one statement reads at most.
    static let pointReadsMax = 200
    /// Times that a transaction is begun anew because it lost against another one.
    static let conflictRetriesMax = 3
    /// Times that new labels are looked up again because another node was making them.
    static let labelRoundsMax = 3
    /// Labels a connection keeps in memory; beyond, all are forgotten.
    static let cachedLabelsMax = 65_536
    /// Milliseconds a statement of a writer may run; well below half a lease.
    static let writeStatementMilliseconds = 8000
    /// Milliseconds a writer waits for a row that another node has locked.
    static let lockWaitMilliseconds = 4000
    /// Milliseconds after which the server ends a transaction whose node has fallen silent, so that its locks go.
    static let silentTransactionMilliseconds = 10_000
    /// Milliseconds between two attempts to connect: at first, and at most.
    static let reconnectMillisecondsMin = 50
    static let reconnectMillisecondsMax = 2000
    /// Milliseconds that a node's entry is kept after its lease ended.
    static let nodeKeptMilliseconds: Int64 = 3_600_000
    /// Bytes of a schema's name: PostgreSQL cuts longer ones.
    static let schemaNameBytesMax = 63
    /// Oldest server: `major * 10_000`.
    static let serverVersionMin = 140_000
}
