import Executors
import Logging
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP

extension Server {
    /// Takes the submissions of callers, and of jobs inside the server.
    func submissionService(
        store: any SchedulerStore,
        signals: EngineSignals,
        catalogue: CatalogueHolder,
        key: InstallationKey,
        policy: OutboundRules,
        swiftJobs: SwiftJobRegistry,
        logger: Logger
    ) -> SubmissionService {
        SubmissionService(
            access: RequestAccess(store: store, catalogue: catalogue),
            catalogue: catalogue,
            gateway: SubmissionGateway(store: store, signals: signals),
            handles: key.handles,
            defaultApplication: configuration.defaultApplication,
            recurrence: configuration.recurrence,
            outbound: { policy.current },
            sealer: key.sealer,
            denials: DenialRecorder(store: store, logger: logger),
            swiftClassHasHook: { swiftJobs.hasCancelHook($0) }
        )
    }

    /// The services that the HTTP server calls.
    func services(
        store: any SchedulerStore,
        engine: Engine,
        submission: SubmissionService,
        catalogue: CatalogueHolder,
        source: MetadataSource,
        key: InstallationKey,
        policy: OutboundRules,
        callbacks: CallbackSealer,
        named: SecretService,
        content: FileContentStore,
        swiftJobs: SwiftJobRegistry,
        address: BoundAddress,
        settings: EngineSettings,
        purge: @escaping @Sendable () -> PurgeSettings,
        time: SystemTimeSource,
        logger: Logger
    ) -> HTTPServices {
        let access = RequestAccess(store: store, catalogue: catalogue)
        let denials = DenialRecorder(store: store, logger: logger)
        let schedules = ScheduleReader(catalogue: catalogue, settings: configuration.recurrence)
        var services = HTTPServices(
            submission: submission,
            control: ControlService(
                access: access,
                gateway: engine.gateway,
                denials: denials
            ),
            updates: UpdateService(
                access: access,
                gateway: engine.gateway,
                schedules: schedules,
                callbacks: callbacks,
                denials: denials
            ),
            refreshes: RefreshService(
                access: access,
                store: store,
                source: source,
                gateway: engine.gateway,
                outbound: { policy.current },
                denials: denials,
                swiftClassHasHook: { swiftJobs.hasCancelHook($0) }
            ),
            previews: PreviewService(store: store, schedules: schedules),
            forecasts: ForecastService(
                store: store,
                access: access,
                catalogue: catalogue,
                recurrence: configuration.recurrence,
                time: time
            ),
            workload: WorkloadService(
                store: store,
                access: access,
                catalogue: catalogue,
                recurrence: configuration.recurrence
            ),
            reports: ReportService(access: access, gateway: engine.gateway, handles: key.handles, denials: denials),
            queries: QueryService(
                store: store,
                access: access,
                applications: ApplicationRegister(
                    store: store,
                    catalogue: catalogue,
                    standard: configuration.defaultApplication
                )
            ),
            diagnoses: DiagnosisService(
                store: store,
                access: access,
                catalogue: catalogue,
                recurrence: configuration.recurrence
            ),
            access: access,
            nodes: NodeService(
                clusterName: configuration.cluster.name,
                store: store,
                access: access,
                signals: engine.signals,
                denials: denials
            ),
            idempotency: IdempotencyService(store: store, logger: logger),
            secrets: named,
            metadata: MetadataService(
                source: source,
                requests: store,
                denials: denials,
                gateway: engine.gateway,
                recurrence: configuration.recurrence
            ),
            catalogue: catalogue,
            content: content,
            time: time,
            forceCancelAfter: { settings.values.forceCancelAfter },
            publicURL: { address.url }
        )
        services.purge = PurgeService(
            store: store,
            access: access,
            catalogue: catalogue,
            denials: denials,
            settings: purge,
            wake: engine.signals.purge
        )
        services.subscriptions = SubscriptionService(
            access: access,
            store: store,
            gateway: engine.gateway,
            callbacks: callbacks,
            denials: denials,
            wake: engine.signals.outbox
        )
        services.profile = configuration.compatibility == .fusion ? .fusion : .documented
        services.maxBodySize = configuration.http.maxBodyBytes
        services.requestTimeout = configuration.http.requestTimeout
        services.callRate = configuration.http.callRate
        services.logsEveryCall = configuration.http.logsEveryCall
        services.docsViewer = configuration.http.docsViewerDirectory.flatMap { directory in
            DocsViewerFolder(path: directory, logger: logger).read()
        }
        services.maxMetadataSize = configuration.metadata.maxBytes
        services.isReady = { (try? await store.nextInstants()) != nil }
        return services
    }
}
