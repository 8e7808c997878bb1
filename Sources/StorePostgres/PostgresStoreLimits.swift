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
    /// Longest time that the database may be silent before a connection counts as lost, and a node before the server
    /// ends its transaction, so that its locks go: half a lease, where that is shorter. A node whose connection hangs
    /// longer could not renew its lease; one that has vanished must not keep others from its requests.
    static let patienceMax: Duration = .seconds(10)
    /// Shares of the patience, in percent: how long a writer's statement may run, and how long it may wait for a row
    /// that another node has locked.
    static let writeStatementShare: Int64 = 80
    static let lockWaitShare: Int64 = 40
    /// Milliseconds between two attempts to connect: at first, and at most.
    static let reconnectMillisecondsMin = 50
    static let reconnectMillisecondsMax = 2000
    /// Bytes of a schema's name: PostgreSQL cuts longer ones.
    static let schemaNameBytesMax = 63
    /// Oldest server: `major * 10_000`.
    static let serverVersionMin = 140_000
    /// Rows that get a group in one transaction.
    static let groupsFilled = 500
}
