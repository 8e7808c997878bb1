import Executors
import FoundationEssentials
import Glibc
import Logging
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import ServiceLifecycle
import StoreSQLite
import Synchronization

/// The composition root: puts store, engine, executors and HTTP together and runs them in the right order.
struct Server {
    private static let restBase = "/ess/rest/scheduler/v1"

    let configuration: ServerConfiguration
    /// Configuration as it would be read now: what SIGHUP asks for.
    let reread: @Sendable () throws -> ServerConfiguration
    let adminPassword: String?

    /// Runs until a signal stops it.
    ///
    /// - Throws: `ServerFailure`, `StoreFault` and `DocumentErrors` where it cannot start.
    func run() async throws {
        let node = try NodeProcess.record()
        let logger = logger(node: node)
        for warning in configuration.warnings { logger.warning("Configuration", metadata: ["problem": "\(warning)"]) }
        let folder = try DataDirectory(configuration.dataDirectory)
        let key = try DataDirectory.installationKey(at: configuration.secretsKeyFile)
        let settings = EngineSettings(engineValues(of: configuration))
        let store = try await openStore(settings: settings, logger: logger)
        do {
            try await run(store, node: node, folder: folder, key: key, settings: settings, logger: logger)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
        logger.notice("Stopped")
    }

    private func run(
        _ store: any SchedulerStore,
        node: NodeRecord,
        folder: DataDirectory,
        key: InstallationKey,
        settings: EngineSettings,
        logger: Logger
    ) async throws {
        let time = SystemTimeSource()
        let live = LiveConfiguration(configuration)
        let catalogue = CatalogueHolder { store.change(catalogue: $0) }
        let metadata = MetadataLoader(
            store: store,
            sealer: key.sealer,
            directory: configuration.metadataDirectory,
            catalogue: catalogue,
            passwordMinLength: configuration.authentication.passwordMinLength,
            logger: logger
        )
        try await metadata.ensureAdmin(password: adminPassword, file: folder.bootstrapPasswordPath)
        try await metadata.load()
        let policy = OutboundRules(configuration.outbound)
        let swiftJobs = SwiftJobRegistry.samples
        let jobs = try JobServices(
            configuration,
            policy: { policy.current },
            contentPath: folder.contentPath,
            reporting: StoreReporting(store: store, handles: key.handles),
            swiftJobs: swiftJobs,
            time: time,
            logger: logger
        )
        let engine = Engine(
            store: store,
            node: node,
            settings: settings,
            executor: { _ in jobs.registry },
            reaper: RecoveringReaper(logger: logger),
            handles: key.handles,
            time: time,
            logger: logger
        )
        try await engine.prepare()
        let address = BoundAddress()
        let services = services(
            store: store,
            engine: engine,
            catalogue: catalogue,
            key: key,
            policy: policy,
            content: jobs.content,
            swiftJobs: swiftJobs,
            address: address,
            settings: settings,
            time: time,
            logger: logger
        )
        let http = HTTPService(configuration: configuration, services: services, address: address, logger: logger) {
            settings.values.baseURL = address.url + Self.restBase
        }
        let reload: @Sendable () async -> Void = {
            await self.reload(
                live,
                settings: settings,
                store: store,
                policy: policy,
                metadata: metadata,
                logger: logger
            )
        }
        try await serve([EngineService(engine: engine, address: address), http], reload: reload, logger: logger)
        await jobs.close()
    }

    /// Services end in the reverse of this order: no calls any more, then no attempts.
    private func serve(
        _ services: [any Service],
        reload: @escaping @Sendable () async -> Void,
        logger: Logger
    ) async throws {
        let group = ServiceGroup(configuration: .init(services: services, logger: logger))
        let signals = StopSignals(stop: { await group.triggerGracefulShutdown() }, reload: reload, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await signals.run() }
            try await group.run()
            tasks.cancelAll()
        }
    }

    private func reload(
        _ live: LiveConfiguration,
        settings: EngineSettings,
        store: any SchedulerStore,
        policy: OutboundRules,
        metadata: MetadataLoader,
        logger: Logger
    ) async {
        do {
            let newer = try reread()
            let (next, waiting) = live.current.reloaded(from: newer)
            live.current = next
            var values = engineValues(of: next)
            values.baseURL = settings.values.baseURL
            settings.values = values
            store.change(settings: settings.machine)
            policy.change(next.outbound)
            for key in waiting { logger.warning("Needs a restart", metadata: ["key": "\(key)"]) }
        } catch {
            logger.error("Configuration not reloaded, the old one stays", metadata: ["error": "\(error)"])
        }
        do {
            try await metadata.load()
        } catch {
            logger.error("Metadata not reloaded, the old state stays", metadata: ["error": "\(error)"])
        }
    }

    private func openStore(settings: EngineSettings, logger: Logger) async throws -> any SchedulerStore {
        var options = SQLiteStore.Options()
        options.logger = logger
        return try await SQLiteStore.open(
            path: configuration.storePath,
            time: SystemTimeSource(),
            settings: settings.machine,
            options: options
        )
    }

    private func engineValues(of configuration: ServerConfiguration) -> EngineSettings.Values {
        var values = EngineSettings.Values()
        values.threads = configuration.processorThreads
        values.forceCancelAfter = configuration.forceCancelAfter
        values.cancelGrace = configuration.cancelGrace
        values.shutdownGrace = configuration.shutdownGrace
        return values
    }

    private func logger(node: NodeRecord) -> Logger {
        let level = Logger.Level(rawValue: configuration.log.level) ?? .info
        let isJSON = configuration.log.format == .json
        return Logger(label: "escapement") { label in
            ServerLogHandler(label: label, level: level, isJSON: isJSON, node: node.name)
        }
    }
}

/// The configuration in force, reloadable.
final class LiveConfiguration: Sendable {
    private let state: Mutex<ServerConfiguration>

    init(_ configuration: ServerConfiguration) { state = Mutex(configuration) }

    var current: ServerConfiguration {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

/// Outbound rules in force, reloadable.
final class OutboundRules: Sendable {
    private let state: Mutex<OutboundPolicy>

    init(_ configuration: ServerConfiguration.Outbound) { state = Mutex(Self.policy(configuration)) }

    var current: OutboundPolicy { state.withLock { $0 } }

    func change(_ configuration: ServerConfiguration.Outbound) { state.withLock { $0 = Self.policy(configuration) } }

    private static func policy(_ configuration: ServerConfiguration.Outbound) -> OutboundPolicy {
        OutboundPolicy(
            allow: configuration.allow.compactMap(OutboundRule.init(parsing:)),
            deny: configuration.deny.compactMap(OutboundRule.init(parsing:))
        )
    }
}

/// The engine as a service: it starts once jobs can be told where the API is.
struct EngineService: Service {
    let engine: Engine
    let address: BoundAddress

    func run() async throws {
        await address.known()
        try await engine.run()
    }
}
