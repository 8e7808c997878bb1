package import Logging
package import PostgresClient
package import SchedulerCore
package import StoreSupport
import Synchronization

/// Requests, nodes and metadata in a PostgreSQL database that any number of nodes share.
///
/// Few threads write, in transactions that take all calls that wait; few read. What a call has answered is committed,
/// fsync included. While the server is away calls fail at once as `unavailable`; the store connects again by itself.
/// A call whose COMMIT got no answer fails as `failed`: whether it took effect is unknown.
package final class PostgresStore: SchedulerStore {
    let readers: PostgresReaders
    let clock: StoreClock
    private let writers: ConnectedServer<WriteOperation, WriteSession>
    private let committer: PostgresCommitter
    private let notifier: Notifier
    private let listener: PostgresListener?
    private let pause: Pause
    private let database: PostgresOptions
    private let contextState: Mutex<DecisionContext>
    private let isClosed = Atomic<Bool>(false)
    /// Ends of the threads.
    private let writing = Mutex<[OneTimeEvent]>([])
    private let reading = Mutex<[OneTimeEvent]>([])

    private init(
        _ database: PostgresOptions,
        channel: String,
        settings: RequestMachine.Settings,
        options: Options
    ) throws {
        let pause = try Pause()
        let clock = StoreClock(replacement: options.clock)
        let logger = options.logger
        let notifier = Notifier(database, channel: channel, pause: pause, logger: logger)
        let committer = PostgresCommitter(clock: clock, logger: logger, beforeCommit: options.beforeCommit) {
            notifier.notify($0)
        }
        self.database = database
        self.pause = pause
        self.clock = clock
        self.notifier = notifier
        self.committer = committer
        contextState = Mutex(DecisionContext(settings: settings))
        readers = PostgresReaders(
            database,
            threads: options.readers,
            statementTimeout: options.statementTimeout,
            pause: pause,
            logger: logger
        )
        writers = ConnectedServer(
            limit: PostgresStoreLimits.waitingWritesMax,
            batchWeight: PostgresStoreLimits.batchOperationsMax,
            pause: pause,
            logger: logger,
            open: { try WriteSession(database) },
            run: { committer.run($0, in: $1, isLastTry: $2) },
            fail: { $0.operation.fail($1) }
        )
        listener = try options.onWakeUp.map { handler in
            try PostgresListener(database, channels: [channel]) { event in
                switch event {
                case .listening: handler(.all)
                case .notified(_, let payload):
                    if let wakeUps = notifier.wakeUps(of: payload) { handler(wakeUps) }
                case .lost(let error):
                    logger.warning("notifications are not heard", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    deinit { endThreads() }

    /// Connects, and brings the schema up to date.
    ///
    /// - Parameters:
    ///   - database: how to reach it; the schema that it names, or else its URI as `search_path`, is the store's,
    ///     `escapement` if neither names one.
    ///   - settings: what decisions depend on.
    ///   - options: how the store works.
    /// - Returns: the store, ready.
    /// - Throws: `StoreFault`: the server is away or refuses us, the schema is of a newer program, the server is none
    ///   that serves.
    package static func open(
        _ database: PostgresOptions,
        settings: RequestMachine.Settings = .init(),
        options: Options = .init()
    ) async throws -> PostgresStore {
        do {
            let (schema, channel) = try await prepare(database, options: options)
            var database = database
            database.schema = schema
            database.patience = min(PostgresStoreLimits.patienceMax, options.lease / 2)
            let store = try PostgresStore(database, channel: channel, settings: settings, options: options)
            do {
                try await store.start(options)
                try await store.fillGroups()
            } catch {
                await store.close()
                throw error
            }
            options.logger.info("store opened", metadata: ["schema": "\(schema)"])
            return store
        } catch {
            throw PostgresFault.fault(error)
        }
    }

    /// Brings the schema up to date.
    ///
    /// - Returns: the schema, and the channel of its notifications: they belong to a database, a schema is but a part
    ///   of one.
    private static func prepare(
        _ database: PostgresOptions,
        options: Options
    ) async throws -> (schema: String, channel: String) {
        try await withCheckedThrowingContinuation { continuation in
            StoreThread.start("store.migration") {
                continuation.resume(
                    with: Result {
                        var database = database
                        let schema = try SchemaName.find(database)
                        database.schema = schema
                        let connection = try PostgresConnection(database)
                        defer { connection.close() }
                        try Schema.prepare(
                            options.migrations,
                            schema: schema,
                            mayChange: options.autoMigrate,
                            on: connection
                        )
                        let channel = try connection.query(
                            .once("SELECT 'escapement_' || oid FROM pg_namespace WHERE nspname = current_schema()")
                        ).firstRow { $0.text() }
                        return (schema, channel ?? "escapement")
                    }
                )
            }
        }
    }

    private func start(_ options: Options) async throws {
        for _ in 0..<max(1, options.writers) {
            let end = try await writers.start("store.writer")
            writing.withLock { $0.append(end) }
        }
        let ends = try await readers.start()
        reading.withLock { $0 += ends }
        let end = try await notifier.start()
        writing.withLock { $0.append(end) }
        listener?.start()
    }

    /// Ends what waits and closes all connections. May be repeated.
    package func close() async {
        await listener?.stop()
        endThreads()
        for end in reading.withLock({ $0 }) + writing.withLock({ $0 }) { await end.wait() }
    }

    private func endThreads() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        readers.close()
        writers.mailbox.close(PostgresFault.closed)
        notifier.close()
        pause.end()
    }

    /// Settings in force from the next decision on.
    package func change(settings new: RequestMachine.Settings) { contextState.withLock { $0.settings = new } }

    /// Metadata in force from the next decision on.
    package func change(catalogue new: Catalogue) { contextState.withLock { $0.catalogue = new } }

    var context: DecisionContext { contextState.withLock { $0 } }

    /// What the writers have done so far.
    package var statistics: WriterStatistics { committer.statistics }

    /// Calls that wait for a writer.
    package var waitingWrites: Int { writers.mailbox.count }

    /// Runs `body` in a write transaction, which others may share; returns when it is committed.
    ///
    /// - Parameters:
    ///   - weight: commands in it.
    ///   - body: may be run again, after a transaction that was undone.
    /// - Returns: what `body` returned.
    /// - Throws: what `body` throws, `StoreFault`.
    package func transact<Value: Sendable>(
        weight: Int = 1,
        _ body: @escaping @Sendable (inout PostgresTransaction) throws -> Value
    ) async throws -> Value {
        try await transact(WriteNeeds(), weight: weight, body)
    }

    func transact<Value: Sendable>(
        _ needs: WriteNeeds,
        weight: Int = 1,
        _ body: @escaping @Sendable (inout PostgresTransaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let operation = StoreOperation(continuation, body)
            let refusal = writers.mailbox.put(WriteOperation(needs: needs, operation: operation), weight: weight)
            if let refusal { operation.fail(refusal) }
        }
    }
}

extension PostgresStore {
    /// How a store works.
    package struct Options: Sendable {
        package var logger = Logger(label: "escapement.store")
        /// Threads that write, each on a connection of its own.
        package var writers = 2
        /// Threads that read other things than single requests, each on a connection of its own; half of them search.
        package var readers = 3
        /// How long a read may take; longer ones fail as `timedOut`.
        package var statementTimeout: Duration = .seconds(30)
        /// Lease of the node: a connection that hangs is given up, by us and by the server, in half of it.
        package var lease: Duration = .seconds(30)
        /// Whether missing steps of the schema are run; else the store does not open without them.
        package var autoMigrate = true
        /// The schema's steps.
        package var migrations = PostgresMigration.all
        /// A clock for tests instead of the database's.
        package var clock: (any TimeSource)?
        /// Called before each commit that writes; what it throws is taken for a failure of the operations.
        package var beforeCommit: (@Sendable () throws -> Void)?
        /// Told, on a thread that must not be blocked, when another node has committed something that this one may
        /// have to act upon, and after each time in which such news may have been missed. Nil: nobody listens.
        package var onWakeUp: (@Sendable (WakeUps) -> Void)?

        package init() {}
    }
}
