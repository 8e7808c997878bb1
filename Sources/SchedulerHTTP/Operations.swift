import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerEngine

/// The operations behind the routes.
struct Operations: Sendable {
    private let submitHandler: SubmitHandler
    private let readHandler: ReadHandler
    private let controlHandler: ControlHandler
    private let diagnosisHandler: DiagnosisHandler
    private let scheduleHandler: ScheduleHandler
    private let subscriptionHandler: SubscriptionHandler
    private let forecastHandler: ForecastHandler
    private let workloadHandler: WorkloadHandler
    private let reportHandler: ReportHandler
    private let contentHandler: ContentHandler
    private let nodeHandler: NodeHandler
    private let purgeHandler: PurgeHandler
    private let secretHandler: SecretHandler
    private let metadataHandler: MetadataHandler
    private let pageHandler: PageHandler
    private let docsHandler: DocsHandler

    init(_ services: HTTPServices) {
        submitHandler = SubmitHandler(submission: services.submission)
        readHandler = ReadHandler(
            queries: services.queries,
            catalogue: services.catalogue,
            cluster: services.nodes.clusterName,
            forceCancelAfter: services.forceCancelAfter
        )
        controlHandler = ControlHandler(control: services.control)
        diagnosisHandler = DiagnosisHandler(diagnoses: services.diagnoses)
        scheduleHandler = ScheduleHandler(
            updates: services.updates,
            refreshes: services.refreshes,
            previews: services.previews
        )
        subscriptionHandler = SubscriptionHandler(subscriptions: services.subscriptions)
        forecastHandler = ForecastHandler(forecasts: services.forecasts, catalogue: services.catalogue)
        workloadHandler = WorkloadHandler(workload: services.workload, metadata: services.metadata)
        reportHandler = ReportHandler(reports: services.reports)
        contentHandler = ContentHandler(
            access: services.access,
            content: services.content,
            queue: BlockingQueue(label: "content")
        )
        nodeHandler = NodeHandler(nodes: services.nodes)
        purgeHandler = PurgeHandler(purge: services.purge)
        secretHandler = SecretHandler(secrets: services.secrets)
        metadataHandler = MetadataHandler(metadata: services.metadata)
        pageHandler = PageHandler(isAlive: services.isAlive, isReady: services.isReady)
        docsHandler = DocsHandler(viewer: services.docsViewer)
    }

    func perform(_ route: Route, _ call: Call) async throws -> Answer {
        switch route {
        case .root: readHandler.root(call)
        case .requests where call.request.method == .post: try await submitHandler.submit(call)
        case .requests: try await readHandler.requests(.first, call)
        case .requestPage: try await readHandler.requests(.page(call.path.pageIndex), call)
        case .applicationRequests: try await readHandler.requests(.application(call.path.application), call)
        case .submitArguments: try submitHandler.arguments(call)
        case .request where call.request.method == .delete: try await controlHandler.perform(.delete, call)
        case .request where call.request.method == .patch: try await scheduleHandler.update(call)
        case .request: try await readHandler.request(call)
        case .permissions: try await readHandler.permissions(call)
        case .action(let operation): try await controlHandler.perform(operation, call)
        case .decision(let name): try await controlHandler.decide(name, call)
        case .subscribe where call.request.method == .delete: try await subscriptionHandler.unsubscribe(call)
        case .subscribe: try await subscriptionHandler.subscribe(call)
        case .deliveries: try await subscriptionHandler.deliveries(call)
        case .redelivery: try await subscriptionHandler.redeliver(call)
        case .diagnosis: try await diagnosisHandler.diagnosis(call)
        case .refresh: try await scheduleHandler.refresh(call)
        case .schedule: try await scheduleHandler.replace(call)
        case .scheduleControl(let control): try await scheduleHandler.control(control, call)
        case .schedulePreview: try await scheduleHandler.preview(call)
        case .forecast: try await forecastHandler.forecast(call)
        case .workloadStatus: try await workloadHandler.status(call)
        case .workloadTest: try await workloadHandler.test(call)
        case .workloadBinding: try await workloadHandler.binding(call)
        case .executionStatus: try await reportHandler.report(call)
        case .checkInCancelling: try await reportHandler.checkIn(call)
        case .quiesceState: try await nodeHandler.quiesceState(call)
        case .log: try await contentHandler.log(call)
        case .outputs: try await contentHandler.outputs(call)
        case .output: try await contentHandler.output(call)
        case .nodes: try await nodeHandler.list(call)
        case .node: try await nodeHandler.node(call)
        case .nodeOperation(let operation): try await nodeHandler.changeNode(operation, call)
        case .clusterOperation(let operation): try await nodeHandler.changeCluster(operation, call)
        case .nodeDuty(let duty, let isStopped): try await nodeHandler.set(duty, isStopped: isStopped, call)
        case .purgeRun: try await purgeHandler.run(call)
        case .purgeRuns: try await purgeHandler.runs(call)
        case .secrets: try await secretHandler.list(call)
        case .secret where call.request.method == .put: try await secretHandler.put(call)
        case .secret where call.request.method == .delete: try await secretHandler.remove(call)
        case .secret: try await secretHandler.secret(call)
        case .metadata(let route): try await metadataHandler.perform(route, call)
        case .health: try pageHandler.health()
        case .readiness: try await pageHandler.readiness()
        case .document(let document): try docsHandler.document(document, call)
        case .docs: try docsHandler.page(call)
        case .docsFile: try docsHandler.file(call)
        case .errorIndex: pageHandler.errorIndex(call)
        case .errorPage: try pageHandler.errorPage(call)
        }
    }
}
