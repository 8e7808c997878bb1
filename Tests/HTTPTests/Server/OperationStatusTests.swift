import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// Every operation with every status that REST §1 and §2.3 let it answer.
@Suite("Operations and statuses: C2, C3, C5, C7, C42, C80", .ownStores)
struct OperationStatusTests {
    private static let maxBodySize = 2000
    private static let callback = #"{"callbackUrlPrefix":"https://b.example.org","callbackResourcePath":"y"}"#
    /// A handle of it is no credential, so that rights alone count.
    private static let definition = "Strict"

    private struct Call {
        var method: HTTPRequest.Method
        var path: String
        var body: String?
        var user: String?
        var fields: HTTPFields = [:]
    }

    /// The call that succeeds, on a request in the state in which it does, or in the one that is wanted.
    private func call(
        _ operation: DocumentedOperation,
        _ server: TestServer,
        in wanted: RequestState? = nil
    ) async throws -> Call {
        server.set(forceCancelAfter: .zero)
        var call = Call(
            method: operation.method,
            path: operation.path,
            body: operation.body,
            user: operation.user
        )
        guard let state = wanted ?? operation.state else { return call }
        let id = try await server.request(in: state, Self.definition)
        if operation.number == 15, wanted == nil {
            try await server.call(.post, "requests/\(id)/subscribe", body: Self.callback).expect(200)
        }
        try await fill(&call, id, server)
        return call
    }

    private func fill(_ call: inout Call, _ id: RequestID, _ server: TestServer) async throws {
        call.path = call.path.replacing("ID", with: id.description)
        guard let body = call.body, body.contains("HANDLE") || body.contains("ID") else { return }
        let handle = body.contains("HANDLE") ? try await server.handle(id) : ""
        call.body = body.replacing("ID", with: id.description).replacing("HANDLE", with: handle)
    }

    private func send(_ call: Call, to server: TestServer) async throws -> Reply {
        try await server.call(call.method, call.path, as: call.user, body: call.body, call.fields)
    }

    // MARK: - Success

    @Test("Each of the nineteen succeeds with its status", arguments: DocumentedOperation.all)
    func success(operation: DocumentedOperation) async throws {
        #expect(DocumentedOperation.all.map(\.number) == Array(1...19))
        let server = try await TestServer()
        try await send(call(operation, server), to: server).expect(operation.success)
    }

    @Test(
        "C42 an action is answered with links alone, self first: the documented eight, or all eleven in fusion",
        arguments: DocumentedOperation.all.filter { [8, 10, 11, 12, 13, 14, 17].contains($0.number) }
    )
    func actionAnswer(operation: DocumentedOperation) async throws {
        let documented = try await TestServer()
        let reply = try await send(call(operation, documented), to: documented)
        #expect(reply.memberNames == ["links"])
        let operations = [
            "cancel", "forceCancel", "hold", "release", "subscribe", "permissions", "executionStatus",
        ]
        #expect(reply.relations == ["self"] + operations)
        let id = try #require(try await documented.requests().first).id
        let request = "\(TestServer.publicURL)\(TestServer.base)/requests/\(id)"
        #expect(reply.hrefs == [request] + operations.map { "\(request)/\($0)" })
        let fusion = try await TestServer(profile: .fusion)
        let other = try await send(call(operation, fusion), to: fusion)
        #expect(other.memberNames == ["links"])
        #expect(
            other.relations == [
                "SELF", "CANCEL", "HOLD", "RELEASE", "ABSPARENTREQUEST", "PARENTREQUEST", "INSTANCEPARENT",
                "FORCECANCEL", "PERMISSIONS", "SUBSCRIBE", "EXECUTIONSTATUS",
            ]
        )
    }

    // MARK: - Refusals

    @Test("Each refuses as documented, with nothing changed", arguments: DocumentedOperation.all)
    func refusals(operation: DocumentedOperation) async throws {
        for refusal in operation.refusals { try await check(refusal, of: operation) }
    }

    private func check(_ refusal: DocumentedOperation.Refusal, of operation: DocumentedOperation) async throws {
        let server = try await TestServer(maxBodySize: Self.maxBodySize)
        let call = try await changed(operation, by: refusal.change, server)
        let before = try await server.requests()
        let reply = try await send(call, to: server)
        server.heal()
        let after = try await server.requests()
        let place: Comment = "\(operation) \(refusal): \(reply.status) \(reply.text)"
        #expect(reply.status == refusal.status && reply.member("errorCode") == refusal.code, place)
        reply.expectError(refusal.status, refusal.code)
        // What comes with a dead handle is noted in the history (REST §6).
        if refusal.change != .deadHandle { #expect(after == before, place) }
        #expect(after.map(\.state) == before.map(\.state), place)
        switch refusal.status {
        case 401: #expect(reply.fields[.wwwAuthenticate] == #"Basic realm="escapement", Bearer"#, place)
        case 405: #expect(reply.fields[.allow]?.isEmpty == false, place)
        case 503: #expect(reply.fields[.retryAfter].flatMap { Int($0) } != nil, place)
        default: break
        }
    }

    private func changed(
        _ operation: DocumentedOperation,
        by change: DocumentedOperation.Change,
        _ server: TestServer
    ) async throws -> Call {
        var call = try await call(operation, server, in: change.state)
        switch change {
        case .path(let path): call.path = path
        case .body(let body):
            call.body = body
            if operation.state != nil, let id = try await server.requests().last?.id {
                try await fill(&call, id, server)
            }
        case .user(let user): call.user = user
        case .method(let method): call.method = method
        case .accept(let type): call.fields[.accept] = type
        case .contentType(let type): call.fields[.contentType] = type
        case .largeBody: call.body = String(repeating: " ", count: Self.maxBodySize + 1)
        case .state: break
        case .usedKey:
            let name = try present(HTTPField.Name("Idempotency-Key"))
            call.fields[name] = "used"
            let other = #"{"arguments":["of another call"]}"#
            try await server.call(.post, "requests/submitArgs?other=1", as: call.user, body: other, [name: "used"])
                .expect(201)
        case .deadHandle:
            let id = try await server.request(in: .cancelling, Self.definition)
            try await server.forceCancel(id).expect(200)
            call.path = operation.path
            call.body = operation.body
            try await fill(&call, id, server)
        case .pending(let definition):
            _ = try await server.submit(definition)
            call.body = TestCatalogue.submission(definition)
        case .failing(let isDown):
            let kind: StoreFault.Kind = isDown ? .unavailable : .failed
            if operation.method == .get {
                server.failReads(kind)
            } else {
                server.fail(.beforeCommit, kind: kind)
            }
        }
        return call
    }

    @Test("Whatever fails on reading fails the calls that change something, too", arguments: [true, false])
    func failingReads(isDown: Bool) async throws {
        for operation in DocumentedOperation.all where operation.method != .get && operation.state != nil {
            let server = try await TestServer()
            let call = try await call(operation, server)
            server.failReads(isDown ? .unavailable : .failed)
            let reply = try await send(call, to: server)
            reply.expectError(isDown ? 503 : 500, isDown ? "ESS-06001" : "ESS-06002")
        }
    }
}

extension DocumentedOperation.Change {
    fileprivate var state: RequestState? {
        if case .state(let state) = self { state } else { nil }
    }
}
