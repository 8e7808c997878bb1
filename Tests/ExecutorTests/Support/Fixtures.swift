import Executors
import SchedulerCore

/// Makes invocations for tests.
enum Fixture {
    static let handle = "handle-0123456789abcdef"
    static let baseURL = "https://sched.example.org/ess/rest/scheduler/v1"

    /// Request 7 as the step “load” of the set 5.
    static let step = Lineage(
        requestID: RequestID(7),
        type: .jobSetStep,
        parentID: RequestID(5),
        parentAttempt: 1,
        stepID: "load",
        absParentID: RequestID(5),
        instanceParentID: RequestID(5)
    )

    static func parameters(_ values: [(String, String?)]) -> [Parameter] {
        values.map { Parameter(name: $0.0, value: $0.1) }
    }

    static func invocation(
        _ kind: ExecutorKind,
        _ values: [(String, String?)],
        more: [Parameter] = [],
        control: InvocationControl = InvocationControl { _ in true },
        lineage: Lineage = .root(.singleton, id: RequestID(7)),
        change: (inout RequestFacts) -> Void = { _ in },
        request changeRequest: (inout JobRequest) -> Void = { _ in }
    ) -> Invocation {
        let package = "/acme/gl"
        var facts = RequestFacts(
            definitionID: MetadataObjectID(kind: .jobDefinition, package: package, name: "PostLedger"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/escapement/core", name: "HTTPJobType"),
            executor: kind,
            application: "AcmeEss",
            submitter: "anna"
        )
        change(&facts)
        let now = Timestamp(milliseconds: 1_803_879_000_000)
        var request = JobRequest(lineage: lineage, submission: Submission(facts: facts), now: now)
        changeRequest(&request)
        return Invocation(
            request: request,
            parameters: parameters(values) + more,
            handle: handle,
            baseURL: baseURL,
            control: control
        )
    }

    /// Settings that allow loopback, as a test server needs.
    static func settings(
        allow: [String] = ["127.0.0.0/8"],
        deny: [String] = [],
        maxResponseSize: Int = 1 << 20,
        signingKey: [UInt8]? = nil
    ) -> OutboundSettings {
        OutboundSettings(
            policy: OutboundPolicy(
                allow: allow.compactMap { OutboundRule(parsing: $0) },
                deny: deny.compactMap { OutboundRule(parsing: $0) }
            ),
            timeout: .seconds(60),
            maxResponseSize: maxResponseSize,
            signingKey: signingKey
        )
    }
}

/// Runs a test with an executor for remote jobs and a server, and takes both down.
func withRemoteJobs(
    settings: OutboundSettings = Fixture.settings(),
    resolver: any HostResolver = NoNames(),
    _ body: (HTTPJobExecutor, TestServer, TestClock) async throws -> Void,
    tokens: @escaping @Sendable (TokenTemplate.Token) -> String? = { _ in nil }
) async throws {
    let server = try await TestServer.start()
    let caller = OutboundCaller(settings: { settings }, resolver: resolver)
    let clock = TestClock()
    do {
        let resolver = TokenResolver { token, _ in tokens(token) }
        try await body(HTTPJobExecutor(caller: caller, tokens: resolver, time: clock), server, clock)
    } catch {
        await caller.shutdown()
        throw error
    }
    await caller.shutdown()
    try await server.stop()
}

/// A resolver for tests in which no name may be resolved.
struct NoNames: HostResolver {
    func addresses(of host: String) async throws -> [IPAddress] { throw HostUnknown(host: host, why: "no names here") }
}
