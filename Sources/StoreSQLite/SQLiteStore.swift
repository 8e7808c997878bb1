import Foundation
internal import GRDB
package import Logging
package import SchedulerCore
package import StoreSupport
import Synchronization

/// Requests, nodes and metadata in one SQLite file, for one process.
///
/// One thread writes, in transactions that take all calls that wait; a few threads read, each on its own snapshot.
/// What a call has answered is on disk, fsync included. After a failed commit or fsync every further call fails as
/// `unavailable` until the process is started anew: only then does the file tell what it holds.
package final class SQLiteStore: SchedulerStore {
    let writer: GroupCommitter
    /// For what is found at once.
    let readers: ReaderPool
    /// For what callers make up.
    let searchers: ReaderPool
    private let contextState: Mutex<DecisionContext>
    /// Ends of the threads.
    private let writing = Mutex<OneTimeEvent?>(nil)
    private let reading = Mutex<[OneTimeEvent]>([])

    private init(_ options: Options, time: any TimeSource, settings: RequestMachine.Settings) {
        let readers = ReaderPool(readsPerSnapshot: SQLiteLimits.readsPerSnapshotMax)
        // One may take long: nobody waits behind it while another thread is free.
        let searchers = ReaderPool(readsPerSnapshot: 1)
        self.readers = readers
        self.searchers = searchers
        writer = GroupCommitter(
            time: time,
            logger: options.logger,
            beforeCommit: options.beforeCommit,
            onSpoiled: { fault in
                readers.refuse(fault)
                searchers.refuse(fault)
            }
        )
        contextState = Mutex(DecisionContext(settings: settings))
    }

    deinit {
        readers.close(Self.closed)
        searchers.close(Self.closed)
        writer.close(Self.closed)
    }

    /// Opens the store, which is made if there is none, and takes its directory for this process.
    ///
    /// - Parameters:
    ///   - path: of the database file, in an existing directory on a local disk.
    ///   - time: where instants come from.
    ///   - settings: what decisions depend on.
    ///   - options: how it works.
    /// - Returns: the store, ready.
    /// - Throws: `StoreFault`: another process has the directory, the file is none of ours or of a newer program, the
    ///   disk does not serve.
    package static func open(
        path: String,
        time: any TimeSource,
        settings: RequestMachine.Settings = .init(),
        options: Options = .init()
    ) async throws -> SQLiteStore {
        let store = SQLiteStore(options, time: time, settings: settings)
        do {
            try await store.start(DatabaseFile(path: path), options, time: time)
            try await store.fillGroups()
        } catch {
            await store.close()
            throw SQLiteFailure.fault(error)
        }
        options.logger.info("store opened", metadata: ["path": "\(path)"])
        return store
    }

    /// Ends what waits, empties the log into the database and gives the directory free. May be repeated.
    package func close() async {
        readers.close(Self.closed)
        searchers.close(Self.closed)
        for thread in reading.withLock({ $0 }) { await thread.wait() }
        // The last connection to close removes the log; one that only reads could not.
        writer.close(Self.closed)
        await writing.withLock { $0 }?.wait()
    }

    /// Settings in force from the next decision on.
    package func change(settings new: RequestMachine.Settings) { contextState.withLock { $0.settings = new } }

    /// Metadata in force from the next decision on.
    package func change(catalogue new: Catalogue) { contextState.withLock { $0.catalogue = new } }

    var context: DecisionContext { contextState.withLock { $0 } }

    /// What the writer has done so far.
    package var statistics: WriterStatistics { writer.statistics }

    /// Runs `body` in a write transaction, which others may share; returns when it is on disk.
    ///
    /// - Parameters:
    ///   - weight: commands in it.
    ///   - body: may be run again, after a transaction that was undone.
    /// - Returns: what `body` returned.
    /// - Throws: what `body` throws, `StoreFault`.
    package func transact<Value: Sendable>(
        weight: Int = 1,
        _ body: @escaping @Sendable (inout SQLiteTransaction) throws -> Value
    ) async throws -> Value {
        try await writer.write(weight: weight, body)
    }

    private func start(_ file: DatabaseFile, _ options: Options, time: any TimeSource) async throws {
        let writer = writer
        let lock = try DirectoryLock(directory: URL(fileURLWithPath: file.path).deletingLastPathComponent().path)
        let writerEnd = try await StoreThread.start("store.writer") {
            do {
                try file.create()
                let queue = try file.writer()
                try Schema.prepare(options.migrations, mayChange: options.autoMigrate, in: queue)
                return try LentConnection(queue) { connection in
                    let session = try WriteSession(connection)
                    // Before anybody can ask the time.
                    writer.resume(after: session)
                    return session
                }
            } catch {
                // Whoever is told of the failure may try again at once.
                lock.release()
                throw error
            }
        } body: { connection in
            var isSound = false
            connection.use { isSound = writer.serve($0) }
            if isSound { Self.close(connection, options.logger) } else { connection.abandon() }
            // The last to go: a successor may open the file from now on.
            lock.release()
        }
        writing.withLock { $0 = writerEnd }
        let pools =
            Array(repeating: readers, count: SQLiteLimits.readers)
            + Array(repeating: searchers, count: SQLiteLimits.searchers)
        for pool in pools {
            let readerEnd = try await StoreThread.start("store.reader") {
                try LentConnection(file.reader()) {
                    try ReadSession($0, time: time, limit: options.statementTimeout)
                }
            } body: { connection in
                connection.use { pool.serve($0) }
                Self.close(connection, options.logger)
            }
            reading.withLock { $0.append(readerEnd) }
        }
    }

    private static func close<Session>(_ connection: LentConnection<Session>, _ logger: Logger) {
        do { try connection.close() } catch {
            logger.error("a connection could not be closed", metadata: ["error": "\(SQLiteFailure.fault(error))"])
        }
    }

    private static let closed = StoreFault("the store is closed", kind: .unavailable)
}

extension SQLiteStore {
    /// How a store works.
    package struct Options: Sendable {
        package var logger = Logger(label: "escapement.store")
        /// How long a read may take; longer ones fail as `timedOut`.
        package var statementTimeout: Duration = .seconds(30)
        /// Whether missing steps of the schema are run; else the store does not open without them.
        package var autoMigrate = true
        /// The schema's steps.
        package var migrations = Migration.all
        /// Called before each commit that writes; what it throws is taken for the commit's own failure.
        package var beforeCommit: (@Sendable () throws -> Void)?

        package init() {}
    }
}
