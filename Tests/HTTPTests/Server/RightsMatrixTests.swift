import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// Every kind of caller makes every call, on requests of others and on his own.
@Suite("Rights: A32, C23, C46, C66, C67", .ownStores)
struct RightsMatrixTests {
    private static let caller = "nina"
    private static let owner = "anna"
    /// Asynchronous; its handle is no credential, so that rights alone count. Runs as the submitter, or as the caller.
    private static let definition = "Strict"
    private static let elevated = "Elevated"
    private static let callback =
        #"{"callbackUrlPrefix":"https://ledger.example.org","callbackResourcePath":"done"}"#

    /// A call, what it needs and what it answers where it is allowed.
    private struct Call {
        let method: HTTPRequest.Method
        let path: String
        var body: String?
        var success = 200
        /// Whose state a refusal leaves as it was.
        var target: RequestID?
    }

    @Test("A32 C67 the role matrix holds cell by cell on requests of others", arguments: RightsMatrix.all)
    func foreign(_ row: RightsMatrix) async throws {
        try await check(row, row.foreign, submittedBy: Self.owner, Self.definition)
    }

    @Test("A32 C46 and on his own, where no role takes away what a submitter has", arguments: RightsMatrix.all)
    func own(_ row: RightsMatrix) async throws {
        guard let own = row.own else { return }
        try await check(row, own, submittedBy: Self.caller, Self.definition)
    }

    @Test("A32 C66 and on those of others that run as he", arguments: RightsMatrix.all)
    func runAs(_ row: RightsMatrix) async throws {
        guard let runAs = row.runAs else { return }
        try await check(row, runAs, submittedBy: Self.owner, Self.elevated)
    }

    private func check(
        _ row: RightsMatrix,
        _ expected: String,
        submittedBy submitter: String,
        _ definition: String
    ) async throws {
        let server = try await TestServer()
        server.set(forceCancelAfter: .zero)
        server.catalogue.current = Self.catalogue(row.caller, mayExecute: true)
        let calls = try await Self.calls(server, submitter, definition)
        server.catalogue.current = Self.catalogue(row.caller, mayExecute: false)
        let cells = Array(expected.filter { $0 != " " })
        try #require(calls.count == 19 && cells.count == 19)
        for (index, (cell, call)) in zip(cells, calls).enumerated() {
            let user = if case .nobody = row.caller { nil as String? } else { Self.caller }
            let before = try await Self.stored(call.target, server)
            let reply = try await server.call(call.method, call.path, as: user, body: call.body)
            let place: Comment = "\(row), submitted by \(submitter), operation \(index + 1): \(cell), not \(reply.text)"
            switch cell {
            case "+", "-":
                #expect(reply.status == call.success, place)
                if (2...4).contains(index + 1) { #expect(reply.ids.isEmpty == (cell == "-"), place) }
            default:
                #expect(reply.status == (cell == "1" ? 401 : 403), place)
                #expect(reply.member("errorCode") == "ESS-0200\(cell)", place)
                #expect(try await Self.stored(call.target, server) == before, place)
            }
        }
    }

    private static func stored(_ id: RequestID?, _ server: TestServer) async throws -> JobRequest? {
        guard let id else { return nil }
        return try await server.store.request(id)?.request
    }

    /// The nineteen calls, each on a request in the state in which it succeeds.
    private static func calls(_ server: TestServer, _ submitter: String, _ definition: String) async throws -> [Call] {
        // What runs comes first: what is made after it still waits.
        let cancelling = try await server.request(in: .cancelling, definition, as: submitter)
        let forced = try await server.request(in: .cancelling, definition, as: submitter)
        let ended = try await server.request(in: .succeeded, definition, as: submitter)
        let running = try await server.request(in: .running, definition, as: submitter)
        let held = try await server.request(in: .hold, definition, as: submitter)
        var waiting: [RequestID] = []
        for _ in 0..<6 { waiting.append(try await server.request(in: .wait, definition, as: submitter)) }
        try await server.call(.post, "requests/\(waiting[5])/subscribe", as: submitter, body: callback).expect(200)
        let read = waiting[0]
        let report = try await server.handle(running)
        let checkIn = "\(cancelling),\(try await server.handle(cancelling))"
        let patch = #"{"requestParameters":[{"name":"a","paramType":"STRING","value":"b"}]}"#
        return [
            Call(method: .get, path: ""),
            Call(method: .get, path: "requests?q=requestId+eq+\(read)"),
            Call(method: .get, path: "requests/search/1?q=requestId+eq+\(read)"),
            Call(method: .get, path: "query/Escapement/requests?q=requestId+eq+\(read)"),
            Call(method: .post, path: "requests", body: TestCatalogue.submission(definition), success: 201),
            Call(method: .post, path: "requests/submitArgs", body: #"{"arguments":["a"]}"#, success: 201),
            Call(method: .get, path: "requests/\(read)"),
            Call(method: .patch, path: "requests/\(waiting[1])", body: patch, target: waiting[1]),
            Call(method: .delete, path: "requests/\(ended)", success: 204, target: ended),
            Call(method: .post, path: "requests/\(waiting[2])/cancel", target: waiting[2]),
            Call(method: .post, path: "requests/\(forced)/forceCancel", target: forced),
            Call(method: .post, path: "requests/\(waiting[3])/hold", target: waiting[3]),
            Call(method: .post, path: "requests/\(held)/release", target: held),
            Call(method: .post, path: "requests/\(waiting[4])/subscribe", body: callback, target: waiting[4]),
            Call(method: .delete, path: "requests/\(waiting[5])/subscribe", success: 204, target: waiting[5]),
            Call(method: .get, path: "requests/\(read)/permissions"),
            Call(
                method: .post,
                path: "requests/\(running)/executionStatus",
                body: #"{"status":"SUCCESS","requestHandle":"\#(report)"}"#,
                target: running
            ),
            Call(
                method: .post,
                path: "requests/\(cancelling)/checkInCancelling",
                body: #"{"requestExecutionContext":"\#(checkIn)"}"#,
                target: cancelling
            ),
            Call(method: .get, path: "server/quiesceState?clusterName=\(TestServer.clusterName)"),
        ]
    }

    /// The objects of all tests, with the caller as he is to be.
    private static func catalogue(_ caller: RightsMatrix.Caller, mayExecute: Bool) -> Catalogue {
        var contents = TestCatalogue.contents.filter { content in
            if case .user(let user) = content { user.name != Self.caller } else { true }
        }
        var user = TestCatalogue.user(Self.caller)
        var executes = mayExecute
        switch caller {
        case .nobody: break
        case .user(let roles, let enterpriseID):
            user.roles = roles
            user.enterpriseID = enterpriseID
        case .granted(let action):
            let rule = RequestRule(actions: action.members)
            contents.append(.grant(Grant(name: "granted", grantee: .user(Self.caller), requests: [rule])))
        case .executing: executes = true
        }
        if executes {
            let rule = MetadataRule(resource: .all, actions: [.execute])
            contents.append(.grant(Grant(name: "executes", grantee: .user(Self.caller), metadata: [rule])))
        }
        contents.append(.user(user))
        contents.append(TestCatalogue.elevated(elevated, runningAs: Self.caller))
        return TestCatalogue.catalogue(contents)
    }
}
