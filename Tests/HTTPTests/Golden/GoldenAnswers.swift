import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting

/// One server whose requests come to have every member of the answers by what happens to them, as in life.
struct GoldenAnswers {
    /// One answer, and the name of its file.
    struct Named: Sendable {
        let name: String
        let reply: Reply
    }

    private static let second: Duration = .seconds(1)

    private let server: TestServer
    private(set) var all: [Named] = []

    /// Lets everything happen.
    ///
    /// - Parameter profile: whose answers they are.
    /// - Returns: the answers, in the order in which they were given.
    /// - Throws: what the test server throws.
    static func answers(in profile: CompatibilityProfile) async throws -> [Named] {
        let server = try await TestServer(profile: profile)
        server.catalogue.current = GoldenCatalogue.catalogue
        server.store.change(catalogue: GoldenCatalogue.catalogue)
        var answers = GoldenAnswers(server: server)
        try await answers.meta()
        try await answers.waiting()
        try await answers.failed()
        try await answers.cancelling()
        try await answers.jobSet()
        try await answers.subRequests()
        try await answers.recurring()
        try await answers.lists()
        return answers.all
    }

    private init(server: TestServer) { self.server = server }

    // MARK: - Calls

    /// Every call is of one trace, so that none is made up.
    private static var trace: HTTPFields {
        get throws {
            [try present(HTTPField.Name("traceparent")): "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]
        }
    }

    private func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        as user: String? = "anna",
        body: String? = nil
    ) async throws -> Reply {
        try await server.call(method, path, as: user, body: body, Self.trace)
    }

    private mutating func keep(_ name: String, _ reply: Reply) { all.append(Named(name: name, reply: reply)) }

    private mutating func keep(_ name: String, _ id: RequestID) async throws {
        keep(name, try await call(.get, "requests/\(id)"))
    }

    private func submit(_ body: String, as user: String? = "anna") async throws -> (reply: Reply, id: RequestID) {
        let reply = try await call(.post, "requests", as: user, body: body)
        return (reply, RequestID(try present(reply.member("id").flatMap { Int64($0) })))
    }

    private func tick() { server.time.advance(by: Self.second) }

    // MARK: - What happens

    private mutating func meta() async throws {
        try await server.turn()
        keep("root", try await call(.get, ""))
        keep("quiesce-state", try await call(.get, "server/quiesceState?clusterName=escapement", as: "adam"))
        let arguments = #"{"application":"Gl","arguments":["DE",null,{"stepId":"convert","arguments":["full"]}]}"#
        keep("submit-args", try await call(.post, "requests/submitArgs", body: arguments))
        keep("error", try await call(.get, "requests/999"))
    }

    /// Waits, never ran, and has all that a submission can give.
    private mutating func waiting() async throws {
        let body = #"""
            {"jobDefinitionId":"acme/gl/Ledger","description":"March","product":"GL","requestCategory":"nightly","priority":9,
             "startTime":"2030-03-17T18:00:00Z","endTime":"2030-03-18T06:00:00Z","requestParameters":[
              {"name":"submit.argument1","paramType":"STRING","value":"DE"},{"name":"count","paramType":"INTEGER","value":5},
              {"name":"empty","paramType":"BOOLEAN"}],
             "callbackSubscription":{"callbackUrlPrefix":"https://ledger.example.org/","callbackResourcePath":"/done"}}
            """#
        let (reply, id) = try await submit(body)
        keep("submit", reply)
        try await keep("waiting", id)
        keep("permissions", try await call(.get, "requests/\(id)/permissions"))
    }

    /// Failed twice; the second time for good.
    private mutating func failed() async throws {
        let (_, id) = try await submit(#"{"jobDefinitionId":"acme/gl/Report"}"#)
        for text in ["exit code 1", "exit code 2"] {
            tick()
            try await server.turn()
            tick()
            let outcome = ExecutableOutcome.systemError(
                cause: .processError,
                text: text,
                detail: "No such ledger.",
                retryAfter: nil
            )
            try await server.perform(.executableEnded(outcome), on: id)
            try await server.turn()
        }
        try await keep("failed", id)
    }

    /// Waits for its answer and is being cancelled, so long that the cancel may be forced.
    private mutating func cancelling() async throws {
        let (_, id) = try await submit(#"{"jobDefinitionId":"acme/gl/Extract","requestTimeout":1}"#)
        tick()
        try await server.turn()
        try await server.perform(.asynchronousStartAccepted(externalID: "job-4711"), on: id)
        keep("cancel", try await call(.post, "requests/\(id)/cancel"))
        server.time.advance(by: .seconds(1800))
        try await server.turn()
        try await keep("cancelling", id)
        keep("force-cancel", try await call(.post, "requests/\(id)/forceCancel"))
        try await keep("cancelled", id)
    }

    private mutating func jobSet() async throws {
        let (_, id) = try await submit(#"{"jobDefinitionId":"JobSet://acme/gl/Night"}"#)
        tick()
        try await server.turn()
        let step = try await newest()
        try await server.turn()
        try await server.perform(.preProcessed(.warn(text: "Ledger is nearly full")), on: step)
        tick()
        try await server.perform(.executableEnded(.success), on: step)
        try await server.perform(.postProcessed(.proceed), on: step)
        try await keep("step", step)
        try await keep("job-set", id)
    }

    private mutating func subRequests() async throws {
        let (_, parent) = try await submit(#"{"jobDefinitionId":"acme/gl/Extract"}"#)
        tick()
        try await server.start(parent)
        let handle = try await server.handle(parent)
        let context = #"{"requestId":\#(parent),"requestHandle":"\#(handle)"}"#
        let (_, child) = try await submit(
            #"{"jobDefinitionId":"acme/gl/Convert","requestExecutionContext":\#(context)}"#,
            as: nil
        )
        keep("check-in", try await server.checkIn(parent, handle: handle))
        tick()
        keep("execution-status", try await server.report("PAUSE", parent, handle: handle))
        try await server.turn()
        try await server.perform(.preProcessed(.proceed), on: child)
        try await server.perform(.executableEnded(.warning(text: "Two lines were left out")), on: child)
        try await server.perform(.postProcessed(.warn(text: "Not printed")), on: child)
        try await keep("sub-request", child)
        try await keep("paused", parent)
    }

    private mutating func recurring() async throws {
        let (_, parent) = try await submit(#"{"jobDefinitionId":"acme/gl/Report","scheduleId":"acme/gl/Daily"}"#)
        try await keep("instance", newest())
        try await keep("recurring-parent", parent)
    }

    private mutating func lists() async throws {
        let fields = "fields=requestId,state,schedule"
        keep("page", try await call(.get, "requests?\(fields)&q=requestId+lt+4&orderBy=requestId:desc"))
        keep("window", try await call(.get, "query/Gl/requests?\(fields)&limit=1"))
        keep("batch", try await call(.get, "requests?\(fields)&id=1,999"))
    }

    private func newest() async throws -> RequestID { try present(await server.requests().last).id }
}
