import Logging
import PostgresClient
import SchedulerCore
import SchedulerEngine
import StorePostgres

/// A PostgreSQL database as the store of a node.
enum PostgresDatabase {
    /// Connections that write, of those of `store.poolSize`: few, as each takes all that waits in one transaction.
    private static let writersMax = 4
    private static let connectionsPerWriter = 4

    /// Why libpq cannot read a URI, or nil; does not quote it.
    static func objection(to uri: String) -> String? {
        do throws(PostgresError) {
            try PostgresOptions(uri: uri).check()
            return nil
        } catch {
            return error.message
        }
    }

    /// Opens the store; what other nodes change wakes the loops of this one.
    ///
    /// - Throws: `StoreFault`.
    static func open(
        _ uri: String,
        _ configuration: ServerConfiguration.Store,
        node: NodeRecord,
        settings: EngineSettings,
        signals: EngineSignals,
        logger: Logger
    ) async throws -> any SchedulerStore {
        var database = PostgresOptions(uri: uri)
        database.passwordFile = configuration.passwordFile
        database.applicationName = "escapement \(node.name)"
        var options = PostgresStore.Options()
        options.logger = logger
        options.writers = writers(of: configuration.poolSize)
        options.readers = configuration.poolSize - options.writers
        options.statementTimeout = configuration.statementTimeout
        options.lease = settings.values.lease
        options.autoMigrate = configuration.autoMigrate
        options.onWakeUp = { signals.wake($0) }
        return try await PostgresStore.open(database, settings: settings.machine, options: options)
    }

    static func writers(of poolSize: Int) -> Int { min(max(1, poolSize / connectionsPerWriter), writersMax) }
}

extension EngineSignals {
    fileprivate func wake(_ wakeUps: WakeUps) {
        if wakeUps.contains(.dispatch) { dispatch.signal() }
        if wakeUps.contains(.timers) { timers.signal() }
        if wakeUps.contains(.attempts) { heartbeat.signal() }
        if wakeUps.contains(.metadata) { metadata.signal() }
        if wakeUps.contains(.outbox) { outbox.signal() }
    }
}
