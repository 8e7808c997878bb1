import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Synchronization

/// The real server over a real store, a node whose attempts a test drives, and time that stands still.
struct TestServer: Sendable {
    private typealias FallibleStore = RequestStore & ClusterStore & DiagnosisStore & ForecastStore & WorkloadStore
        & FaultInjector

    static let publicURL = "https://sched.example.org"
    static let base = "/ess/rest/scheduler/v1"
    static let clusterName = "escapement"
    static let start = Timestamp(milliseconds: 1_900_000_000_000)

    let time: ManualTime
    let store: any SchedulerStore
    let witness: any StoreWitness
    let node: SimulatedNode
    let content = MemoryContentStore()
    let catalogue: CatalogueHolder
    let handles: HandleAuthority
    let settings: EngineSettings
    let logs = LogKeeper()
    let services: HTTPServices
    private let faults: any FaultInjector
    private let responder: SchedulerResponder
    /// Every answer is laid beside the OpenAPI documents.
    private let contract: ContractCheck

    /// Makes a server for the test that runs.
    ///
    /// - Parameters:
    ///   - profile: whose answers it gives.
    ///   - maxBodySize: bytes of the largest body.
    ///   - requestTimeout: how long a body may take.
    ///   - callRate: how often one may call.
    ///   - logsEveryCall: whether the log tells of all calls.
    ///   - docsViewer: what shows the OpenAPI documents.
    ///   - recurrence: what schedules may say.
    ///   - outbound: where callbacks may lead.
    /// - Throws: what opening the store throws.
    init(
        profile: CompatibilityProfile = .documented,
        maxBodySize: Int = 64 * 1024,
        requestTimeout: Duration? = nil,
        callRate: CallRate? = nil,
        logsEveryCall: Bool = false,
        docsViewer: DocsViewer? = nil,
        recurrence: RecurrenceSettings = RecurrenceSettings(),
        outbound: OutboundPolicy = OutboundPolicy()
    ) async throws {
        let time = ManualTime(Self.start)
        let settings = EngineSettings()
        let own = try await OwnStores.open(.chosen(), time: time, settings: settings.machine)
        let store = own.store
        self.time = time
        self.settings = settings
        self.store = store
        witness = own.witness
        let faulty = Self.faulty(store)
        faults = faulty
        node = SimulatedNode(
            record: SimulatedNode.record(number: 1),
            store: faulty,
            threads: 100,
            lease: .seconds(30),
            cancelGrace: .seconds(1),
            time: time
        )
        let key = try present(InstallationKey(bytes: [UInt8](repeating: 7, count: InstallationKey.length)))
        handles = key.handles
        catalogue = CatalogueHolder(TestCatalogue.catalogue) { store.change(catalogue: $0) }
        let logger = logs.logger
        let access = RequestAccess(store: faulty, catalogue: catalogue)
        let denials = DenialRecorder(store: faulty, logger: logger)
        let schedules = ScheduleReader(catalogue: catalogue, settings: recurrence)
        let source = MetadataSource(
            store: store,
            secrets: MetadataSecrets(sealer: key.sealer),
            catalogue: catalogue
        )
        let callbacks = CallbackSealer(outbound: { outbound }, sealer: key.sealer)
        var services = HTTPServices(
            submission: SubmissionService(
                access: access,
                catalogue: catalogue,
                gateway: node.gateway.submissions,
                handles: handles,
                defaultApplication: "Escapement",
                recurrence: recurrence,
                outbound: { outbound },
                sealer: key.sealer,
                denials: denials
            ),
            control: ControlService(
                access: access,
                gateway: node.gateway,
                denials: denials
            ),
            updates: UpdateService(
                access: access,
                gateway: node.gateway,
                schedules: schedules,
                callbacks: callbacks,
                denials: denials
            ),
            refreshes: RefreshService(
                access: access,
                store: faulty,
                source: source,
                gateway: node.gateway,
                outbound: { outbound },
                denials: denials
            ),
            previews: PreviewService(store: faulty, schedules: schedules),
            forecasts: ForecastService(
                store: faulty,
                access: access,
                catalogue: catalogue,
                time: time
            ),
            workload: WorkloadService(
                store: faulty,
                access: access,
                catalogue: catalogue
            ),
            reports: ReportService(access: access, gateway: node.gateway, handles: handles, denials: denials),
            queries: QueryService(
                store: faulty,
                access: access,
                applications: ApplicationRegister(store: faulty, catalogue: catalogue, standard: "Escapement")
            ),
            diagnoses: DiagnosisService(store: faulty, access: access, catalogue: catalogue),
            access: access,
            nodes: NodeService(
                clusterName: Self.clusterName,
                store: faulty,
                access: access,
                signals: EngineSignals(),
                denials: denials
            ),
            idempotency: IdempotencyService(store: store, logger: logger),
            secrets: SecretService(store: store, sealer: key.sealer, access: access, denials: denials),
            metadata: MetadataService(
                source: source,
                requests: faulty,
                denials: denials,
                gateway: node.gateway
            ),
            catalogue: catalogue,
            content: content,
            time: time,
            forceCancelAfter: { settings.values.forceCancelAfter },
            publicURL: { Self.publicURL }
        )
        services.purge = PurgeService(
            store: store,
            access: access,
            catalogue: catalogue,
            denials: denials,
            settings: { PurgeSettings() },
            wake: WakeSignal()
        )
        services.subscriptions = SubscriptionService(
            access: access,
            store: store,
            gateway: node.gateway,
            callbacks: callbacks,
            denials: denials,
            wake: WakeSignal()
        )
        services.profile = profile
        services.maxBodySize = maxBodySize
        services.requestTimeout = requestTimeout
        services.callRate = callRate
        services.logsEveryCall = logsEveryCall
        services.docsViewer = docsViewer
        self.services = services
        responder = SchedulerResponder(services: services, logger: logger)
        contract = profile == .documented ? .documented : .fusion
    }

    /// The store as one whose calls can fail.
    private static func faulty(_ store: some SchedulerStore) -> any FallibleStore { FaultyStore(store) }

    /// Sends a call as a user; nil is nobody.
    @discardableResult
    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        as user: String? = "anna",
        body: String? = nil,
        _ fields: HTTPFields = [:],
        address: String? = "192.0.2.1"
    ) async throws -> Reply {
        try await call(method, path, as: user, bytes: body.map { Array($0.utf8) }, fields, address: address)
    }

    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        as user: String? = "anna",
        bytes: [UInt8]?,
        _ fields: HTTPFields = [:],
        address: String? = "192.0.2.1"
    ) async throws -> Reply {
        let body = RequestBody(buffer: ByteBuffer(bytes: bytes ?? []))
        return try await call(method, path, as: user, body, fields, address: address)
    }

    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        as user: String? = "anna",
        _ body: RequestBody,
        _ fields: HTTPFields = [:],
        address: String? = "192.0.2.1"
    ) async throws -> Reply {
        var fields = fields
        if let user { fields[.authorization] = TestCatalogue.authorization(user) }
        let path = path.hasPrefix("/") ? path : "\(Self.base)/\(path)"
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields),
            body: body
        )
        let response = try await responder.respond(to: request, context: HTTPContext(clientAddress: address))
        let writer = CollectingWriter()
        try await response.body.write(writer)
        let reply = Reply(status: response.status.code, fields: response.headers, body: writer.bytes)
        contract.check(method, path, reply)
        return reply
    }

    /// Submits a definition, with more members of the body, and gives its number.
    func submit(
        _ definition: String = "Sync",
        _ more: String = "",
        as user: String = "anna"
    ) async throws -> SchedulerCore.RequestID {
        let reply = try await call(.post, "requests", as: user, body: TestCatalogue.submission(definition, more))
        return SchedulerCore.RequestID(try present(reply.member("id").flatMap { Int64($0) }))
    }

    /// One pass of every loop of the node.
    func turn() async throws {
        if node.membership.isFenced { _ = try await node.membership.join() }
        for loop in node.loops { _ = try await loop.runOnce() }
    }

    /// The handle of the request's newest invocation.
    func handle(_ id: SchedulerCore.RequestID) async throws -> String {
        handles.handle(of: id, epoch: try present(await stored(id).epoch))
    }

    /// Gives an event of the attempt to the store, as the node would.
    func perform(_ event: RequestEvent, on id: SchedulerCore.RequestID) async throws {
        _ = try await node.gateway.perform(RequestCommand(id, event))
    }

    /// Lets the next write fail.
    func fail(_ fault: InjectedFault, kind: StoreFault.Kind = .unavailable) {
        faults.fail(fault, after: 0, kind: kind)
    }

    /// Lets all lists fail, until `heal`.
    func failLists(_ kind: StoreFault.Kind) { faults.failLists(kind) }

    /// Lets all that is read of requests and nodes fail, until `heal`.
    func failReads(_ kind: StoreFault.Kind) { faults.failReads(kind) }

    /// Lets calls be overtaken, or their commands be dropped.
    var rivals: any FaultInjector { faults }

    func heal() { faults.heal() }

    func set(forceCancelAfter: Duration) {
        settings.values.forceCancelAfter = forceCancelAfter
        store.change(settings: settings.machine)
    }
}

/// The value; whoever lacks it has found a bug.
func present<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Absent() }
    return value
}

private struct Absent: Error {}
