/// Bounds of the SQLite store, each with its unit.
package enum SQLiteLimits {
    /// Commands and single calls that one transaction takes at most; what waits beyond forms the next one.
    package static let batchOperationsMax = 1000
    /// Calls that may wait for the writer; more are refused as `unavailable`.
    package static let waitingWritesMax = 20_000
    /// Calls that may wait for the readers; more are refused as `unavailable`.
    package static let waitingReadsMax = 20_000
    /// Reads that share one snapshot at most: few, so that a long one delays few.
    package static let readsPerSnapshotMax = 16
    /// Connections that read what is found at once, each with a thread of its own.
    package static let readers = 2
    /// Connections for reads that may walk the table, each with a thread of its own: what they do keeps nobody else
    /// from being answered.
    package static let searchers = 2
    /// Steps of SQLite's machine, a few microseconds' work, between two looks at the clock.
    package static let stepsPerLookAtTheClock: Int32 = 1000
    /// Pages in the write-ahead log from which on it is copied into the database after a commit.
    package static let checkpointPages = 4000
    /// Pages in the write-ahead log from which on the writer waits for readers to let go of it.
    package static let checkpointPagesUrgent = 32_000
    /// Seconds a statement waits for another process that holds the database, such as a backup.
    package static let busyTimeoutSeconds = 5.0
    /// Kibibytes of pages the writer keeps in memory.
    package static let writerCacheKibibytes = 32_768
    /// Kibibytes of pages each reader keeps in memory.
    package static let readerCacheKibibytes = 8192
    /// Bytes to which the write-ahead log shrinks once it was longer.
    package static let walBytesKept = 64 << 20
    /// Prepared statements a connection keeps for queries of varying form.
    package static let cachedQueriesMax = 64
    /// Labels a connection keeps in memory; further ones are looked up each time.
    package static let cachedLabelsMax = 65_536
    /// Mode of the database file and those beside it: passwords and secrets lie in no other hands.
    package static let fileMode: UInt32 = 0o600
    /// Rows that get a group in one transaction.
    static let groupsFilled = 500
}
