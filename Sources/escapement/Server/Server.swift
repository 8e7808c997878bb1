import Executors
import Logging
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import ServiceLifecycle
import StoreSQLite

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
        let node = try NodeProcess.record(name: configuration.cluster.nodeName)
        let logger = logger(node: node)
        for warning in configuration.warnings { logger.warning("Configuration", metadata: ["problem": "\(warning)"]) }
        let folder = try DataDirectory(configuration.dataDirectory)
        let key = try DataDirectory.installationKey(
            at: configuration.secretsKeyFile,
            mayMake: !configuration.store.isShared
        )
        let settings = EngineSettings(engineValues(of: configuration))
        let signals = EngineSignals()
        let store = try await openStore(node: node, settings: settings, signals: signals, logger: logger)
        do {
            try await run(
                store,
                node: node,
                folder: folder,
                key: key,
                settings: settings,
                signals: signals,
                logger: logger
            )
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
        signals: EngineSignals,
        logger: Logger
    ) async throws {
        let time = SystemTimeSource()
        let live = LiveConfiguration(configuration)
        let bootstrap = BootstrapPassword(path: folder.bootstrapPasswordPath, logger: logger)
        let catalogue = CatalogueHolder { new in
            store.change(catalogue: new)
            bootstrap.compare(with: new)
            signals.locks.signal()
            signals.dispatch.signal()
        }
        let installation = InstallationCheck(store: store, node: node.id, logger: logger)
        try await installation.checkKey(key, file: configuration.secretsKeyFile)
        let secrets = MetadataSecrets(sealer: key.sealer)
        let admin = AdminBootstrap(
            store: store,
            secrets: secrets,
            passwordMinLength: configuration.authentication.passwordMinLength,
            logger: logger
        )
        try await admin.ensure(password: adminPassword, file: folder.bootstrapPasswordPath)
        let source = MetadataSource(store: store, secrets: secrets, catalogue: catalogue)
        let metadata = metadataLoop(
            store,
            node: node,
            source: source,
            wake: signals.metadata,
            logger: logger
        )
        try await metadata.prepare()
        let policy = OutboundRules(configuration.outbound)
        let callbacks = try CallbackConfiguration(configuration.callback)
        let sealer = CallbackSealer(outbound: { policy.current }, sealer: key.sealer)
        let named = SecretService(
            store: store,
            sealer: key.sealer,
            access: RequestAccess(store: store, catalogue: catalogue),
            denials: DenialRecorder(store: store, logger: logger)
        )
        let swiftJobs = SwiftJobRegistry.samples
        let submission = submissionService(
            store: store,
            signals: signals,
            catalogue: catalogue,
            key: key,
            policy: policy,
            swiftJobs: swiftJobs,
            logger: logger
        )
        let reaper = RecoveringReaper(logger: logger)
        let processFolder = try folder.processFolder()
        await reaper.reapPredecessors(processFolder)
        let jobs = try JobServices(
            configuration,
            policy: { policy.current },
            signingKey: { callbacks.current.signingKey },
            contentPath: configuration.contentDirectory,
            ledgerFolder: processFolder,
            reporting: StoreReporting(store: store, handles: key.handles),
            subRequests: submission,
            swiftJobs: swiftJobs,
            time: time,
            logger: logger
        )
        try await installation.checkContent(configuration.contentDirectory)
        let engine = Engine(
            store: store,
            node: node,
            settings: settings,
            executor: { _ in jobs.registry },
            callouts: jobs.callouts,
            work: { WorkModel(catalogue.current, settings: settings.values.recurrence) },
            reaper: reaper,
            handles: key.handles,
            signals: signals,
            time: time,
            logger: logger
        )
        try await engine.prepare()
        try await metadata.start(time: time)
        let address = BoundAddress()
        let services = services(
            store: store,
            engine: engine,
            submission: submission,
            catalogue: catalogue,
            source: source,
            key: key,
            policy: policy,
            callbacks: sealer,
            named: named,
            content: jobs.content,
            swiftJobs: swiftJobs,
            address: address,
            settings: settings,
            purge: { live.current.purge },
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
                signals: signals,
                store: store,
                policy: policy,
                callbacks: callbacks,
                metadata: metadata,
                logger: logger
            )
        }
        let loop = LoopService(loop: metadata, driver: LoopDriver(time: time, logger: logger))
        let purge = LoopService(
            loop: purgeLoop(
                store,
                node: node,
                catalogue: catalogue,
                content: jobs.content,
                live: live,
                wake: signals.purge,
                time: time,
                logger: logger
            ),
            driver: LoopDriver(time: time, logger: logger)
        )
        let outbox = LoopService(
            loop: deliveryLoop(
                store,
                node: node,
                jobs: jobs,
                callbacks: callbacks,
                sealer: sealer,
                named: named,
                live: live,
                wake: signals.outbox,
                time: time,
                logger: logger
            ),
            driver: LoopDriver(time: time, logger: logger)
        )
        let all: [any Service] = [EngineService(engine: engine, address: address), loop, purge, outbox, http]
        try await serve(all, reload: reload, logger: logger)
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

    private func metadataLoop(
        _ store: any SchedulerStore,
        node: NodeRecord,
        source: MetadataSource,
        wake: WakeSignal,
        logger: Logger
    ) -> MetadataLoop {
        let lease = configuration.cluster.lease
        return MetadataLoop(
            loader: MetadataLoader(
                source: source,
                configuration: configuration.metadata,
                logger: logger
            ),
            leads: { try await store.lead(.metadata, node: node.id, lease: lease) != nil },
            pause: lease / 3,
            wake: wake,
            logger: logger
        )
    }

    private func openStore(
        node: NodeRecord,
        settings: EngineSettings,
        signals: EngineSignals,
        logger: Logger
    ) async throws -> any SchedulerStore {
        switch configuration.store.url {
        case .postgres(let uri):
            return try await PostgresDatabase.open(
                uri,
                configuration.store,
                node: node,
                settings: settings,
                signals: signals,
                logger: logger
            )
        case .sqlite(let path):
            var options = SQLiteStore.Options()
            options.logger = logger
            options.autoMigrate = configuration.store.autoMigrate
            options.statementTimeout = configuration.store.statementTimeout
            return try await SQLiteStore.open(
                path: path,
                time: SystemTimeSource(),
                settings: settings.machine,
                options: options
            )
        }
    }

    func engineValues(of configuration: ServerConfiguration) -> EngineSettings.Values {
        var values = EngineSettings.Values()
        values.threads = configuration.dispatch.threads
        values.isProcessorEnabled = configuration.dispatch.isProcessorEnabled
        values.isDispatcherEnabled = configuration.dispatch.isDispatcherEnabled
        values.longestPause = configuration.dispatch.maxPollInterval
        values.starvationThreshold = configuration.dispatch.starvationThreshold
        values.recurrence = configuration.recurrence
        values.lease = configuration.cluster.lease
        values.forceCancelAfter = configuration.forceCancelAfter
        values.cancelGrace = configuration.cancelGrace
        values.applications = configuration.cluster.applications
        values.logicalClusters = configuration.cluster.logicalClusters
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
