package import SchedulerAPI
package import SchedulerCore
package import SchedulerEngine

/// Everything that the HTTP server calls, handed over by the composition root.
package struct HTTPServices: Sendable {
    package var submission: SubmissionService
    package var control: ControlService
    package var updates: UpdateService
    package var refreshes: RefreshService
    package var previews: PreviewService
    package var forecasts: ForecastService
    package var workload: WorkloadService
    package var reports: ReportService
    package var queries: QueryService
    package var diagnoses: DiagnosisService
    package var access: RequestAccess
    package var nodes: NodeService
    package var idempotency: IdempotencyService
    /// Nil where nothing is purged.
    package var purge: PurgeService?
    /// Nil where nobody is told of events.
    package var subscriptions: SubscriptionService?
    package var secrets: SecretService
    package var metadata: MetadataService
    package var catalogue: CatalogueHolder
    package var content: any ContentStore
    package var time: any TimeSource
    package var profile: CompatibilityProfile = .documented
    /// How long a body may take to arrive (`http.requestTimeout`); nil: as long as the connection lives.
    package var requestTimeout: Duration?
    /// How often one user may call from one address; nil: as often as he likes.
    package var callRate: CallRate?
    /// Whether the log tells of calls that were carried out as well as of those refused (`http.accessLog`).
    package var logsEveryCall = false
    /// Largest body that is read, in bytes (`http.maxBodySize`).
    package var maxBodySize = HTTPLimits.bodyBytesStandard
    /// The same of a body with documents (`metadata.maxSize`).
    package var maxMetadataSize = HTTPLimits.metadataBytesStandard
    /// What shows the OpenAPI documents to people (`http.docsViewerDir`); nil: they get a plain list.
    package var docsViewer: DocsViewer?
    package var forceCancelAfter: @Sendable () -> Duration
    /// Base URL of this server without API path; asked at each call, since a free port is known only after binding.
    package var publicURL: @Sendable () -> String
    /// Whether the loops turn (`/healthz`).
    package var isAlive: @Sendable () -> Bool = { true }
    /// Whether the store answers and the server is not stopping (`/readyz`).
    package var isReady: @Sendable () async -> Bool = { true }

    package init(
        submission: SubmissionService,
        control: ControlService,
        updates: UpdateService,
        refreshes: RefreshService,
        previews: PreviewService,
        forecasts: ForecastService,
        workload: WorkloadService,
        reports: ReportService,
        queries: QueryService,
        diagnoses: DiagnosisService,
        access: RequestAccess,
        nodes: NodeService,
        idempotency: IdempotencyService,
        secrets: SecretService,
        metadata: MetadataService,
        catalogue: CatalogueHolder,
        content: any ContentStore,
        time: any TimeSource,
        forceCancelAfter: @escaping @Sendable () -> Duration,
        publicURL: @escaping @Sendable () -> String
    ) {
        self.submission = submission
        self.control = control
        self.updates = updates
        self.refreshes = refreshes
        self.previews = previews
        self.forecasts = forecasts
        self.workload = workload
        self.reports = reports
        self.queries = queries
        self.diagnoses = diagnoses
        self.access = access
        self.nodes = nodes
        self.idempotency = idempotency
        self.secrets = secrets
        self.metadata = metadata
        self.catalogue = catalogue
        self.content = content
        self.time = time
        self.forceCancelAfter = forceCancelAfter
        self.publicURL = publicURL
    }
}
