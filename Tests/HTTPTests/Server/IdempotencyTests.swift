import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// Calls under an `Idempotency-Key` (REST §2.6).
@Suite("Idempotency-Key: C12, C74", .ownStores)
struct IdempotencyTests {
    private static let body = TestCatalogue.submission("Sync")

    private let server: TestServer

    init() async throws { server = try await TestServer() }

    /// A call under a key.
    private func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ key: String = "k",
        as user: String? = "anna",
        body: String? = nil,
        _ fields: HTTPFields = [:]
    ) async throws -> Reply {
        var fields = fields
        fields[try #require(HTTPField.Name("Idempotency-Key"))] = key
        return try await server.call(method, path, as: user, body: body, fields)
    }

    private func submit(_ key: String = "k", as user: String = "anna") async throws -> Reply {
        try await call(.post, "requests", key, as: user, body: Self.body)
    }

    private func expectSame(_ first: Reply, _ second: Reply, at place: SourceLocation = #_sourceLocation) {
        #expect(second.status == first.status, "\(second.text)", sourceLocation: place)
        #expect(second.body == first.body, sourceLocation: place)
        #expect(second.contentFields == first.contentFields, sourceLocation: place)
    }

    // MARK: - Submit

    @Test("C12 submit twice with one key: the same 201, Location and id, one request; another body is ESS-01053")
    func submitTwice() async throws {
        let first = try await submit()
        first.expect(201)
        server.time.advance(by: .seconds(1))
        expectSame(first, try await submit())
        expectSame(first, try await call(.post, "requests/?", body: Self.body))
        #expect(first.fields[.location]?.hasSuffix("/requests/1") == true)
        let other = TestCatalogue.submission("Sync", #","description":"other""#)
        try await call(.post, "requests", body: other).expectError(409, "ESS-01053")
        #expect(try await server.requests().count == 1)
        #expect(try await submit("other").member("id") == "2")
        #expect(try await server.submit() == RequestID(3))
    }

    @Test(
        "C12 the same key with another method, path or query is ESS-01053, before path, query and rights are looked at"
    )
    func otherCalls() async throws {
        let id = try #require(try await submit().member("id"))
        let calls: [(HTTPRequest.Method, String)] = [
            (.delete, "requests/\(id)"), (.post, "requests/\(id)/cancel"), (.post, "requests?a=b"),
            (.post, "requests/abc/cancel"), (.post, "requests/99/cancel"), (.post, "requests/%FF/hold"),
            (.post, "requests?a=%FF"), (.post, "/api/v1/nodes/n/quiesce"),
        ]
        for (method, path) in calls { try await call(method, path, body: Self.body).expectError(409, "ESS-01053") }
        // What is wrong with head and body comes first.
        try await call(.put, "requests", body: Self.body).expectError(405, "ESS-05021")
        try await call(.post, "requests", body: Self.body, [.accept: "text/plain"]).expectError(406, "ESS-05022")
        try await call(.post, "requests", body: Self.body, [.contentType: "text/xml"]).expectError(415, "ESS-05024")
        #expect(try await server.requests().count == 1)
    }

    @Test("C12 the same query in another order is the same call; a repeat may ask for another media type")
    func spellings() async throws {
        let first = try await call(.post, "requests?b=2&a=1", body: Self.body)
        first.expect(201)
        expectSame(first, try await call(.post, "requests/?a=%31&b=2&a=3", body: Self.body))
        let type = "application/vnd.oracle.resource+json"
        let other = try await call(.post, "requests?a=1&b=2", body: Self.body, [.accept: type])
        #expect(other.status == 201 && other.body == first.body)
        #expect(other.fields[.contentType]?.hasPrefix(type) == true)
        #expect(try await server.requests().count == 1)
    }

    @Test("C12 keys of different callers have nothing to do with each other")
    func callers() async throws {
        #expect(try await submit(as: "anna").member("id") == "1")
        #expect(try await submit(as: "bert").member("id") == "2")
        #expect(try await submit(as: "anna").member("id") == "1")
        let digits = Set("0123456789abcdef")
        let callers = try await server.recordedCalls().map(\.call.key.caller)
        #expect(callers.count == 2 && callers.allSatisfy { $0.count == 64 && digits.isSuperset(of: $0) })
    }

    @Test("C12 of many at once under one key one makes a request; the rest have its answer or ESS-01054")
    func atOnce() async throws {
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
            for _ in 0..<20 { group.addTask { try await submit() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try await server.requests().count == 1)
        for reply in replies where reply.status != 201 {
            reply.expectError(409, "ESS-01054")
            #expect(reply.fields[.retryAfter] == "1")
        }
        #expect(replies.filter { $0.status == 201 }.allSatisfy { $0.member("id") == "1" })
        #expect(replies.contains { $0.status == 201 })
    }

    @Test("C12 after 24 hours a key is free again")
    func expiry() async throws {
        let first = try await submit()
        server.time.advance(by: .seconds(86_400) - .milliseconds(1))
        expectSame(first, try await submit())
        server.time.advance(by: .milliseconds(1))
        let other = try await call(.post, "requests", body: TestCatalogue.submission("Async"))
        #expect(other.status == 201 && other.member("id") == "2")
        try await submit().expectError(409, "ESS-01053")
    }

    @Test("C12 a refusal is not stored: the key is free for the call put right")
    func refusals() async throws {
        try await call(.post, "requests", body: TestCatalogue.submission("Missing")).expectError(404, "ESS-03001")
        try await call(.post, "requests", body: "{").expectError(400, "ESS-05001")
        try await submit(as: "nina").expectError(403, "ESS-02002")
        #expect(try await server.recordedCalls().isEmpty)
        try await submit().expect(201)
    }

    @Test("C12 a submit whose commit's answer is lost is answered all the same, and its repeat, too")
    func lostAnswer() async throws {
        server.fail(.afterCommit)
        let first = try await submit()
        first.expect(201)
        expectSame(first, try await submit())
        server.fail(.beforeCommit)
        try await submit("other").expectError(503, "ESS-06001")
        #expect(try await submit("other").member("id") == "2")
        #expect(try await server.requests().count == 2)
    }

    @Test("A repeat is answered when its request is deleted and gone, and when the definition forbids another")
    func later() async throws {
        let body = TestCatalogue.submission("Once")
        let first = try await call(.post, "requests", body: body)
        first.expect(201)
        expectSame(first, try await call(.post, "requests", body: body))
        try await server.perform(.cancel, on: RequestID(1))
        try await server.call(.delete, "requests/1").expect(204)
        expectSame(first, try await call(.post, "requests", body: body))
    }

    @Test("submitArgs stores nothing but its key")
    func submitArguments() async throws {
        let body = #"{"arguments":["a","b"]}"#
        let first = try await call(.post, "requests/submitArgs", body: body)
        first.expect(201)
        expectSame(first, try await call(.post, "requests/submitArgs", body: body))
        try await call(.post, "requests/submitArgs", body: #"{"arguments":["c"]}"#).expectError(409, "ESS-01053")
        try await submit().expectError(409, "ESS-01053")
    }

    // MARK: - Other operations

    @Test("C74 forceCancel again is ESS-01013, under the same key the first 200 without another audit record")
    func forceCancel() async throws {
        let id = try await server.request(in: .cancelling)
        let other = try await server.request(in: .cancelling)
        server.time.advance(by: .seconds(1800))
        let first = try await call(.post, "requests/\(id)/forceCancel")
        first.expect(200)
        let audit = try await server.audit()
        try await server.forceCancel(id).expectError(400, "ESS-01013")
        expectSame(first, try await call(.post, "requests/\(id)/forceCancel"))
        try await call(.post, "requests/\(other)/forceCancel").expectError(409, "ESS-01053")
        #expect(try await server.audit() == audit)
        #expect(audit.filter { $0.entry.action == "forceCancel" && $0.outcome == .ok }.count == 1)
        #expect(try await server.stored(other).state == .cancelling)
    }

    /// Operation, state of its request, method, path behind the request's, body, status.
    private static let operations: [(RequestState, HTTPRequest.Method, String, String?, Int)] = [
        (.wait, .patch, "", #"{"requestParameters":[{"name":"p","paramType":"STRING","value":"v"}]}"#, 200),
        (.cancelled, .delete, "", nil, 204), (.running, .post, "/cancel", nil, 200),
        (.cancelling, .post, "/cancel", nil, 200), (.wait, .post, "/hold", nil, 200),
        (.hold, .post, "/release", nil, 200),
        (
            .wait, .post, "/subscribe",
            #"{"callbackUrlPrefix":"https://a.example.org","callbackResourcePath":"b"}"#, 200
        ),
    ]

    @Test("Each operation on a request is carried out once under a key and recorded with its effect", arguments: 0..<7)
    func operation(_ number: Int) async throws {
        let (state, method, tail, body, status) = Self.operations[number]
        let id = try await server.request(in: state)
        let first = try await call(method, "requests/\(id)\(tail)", body: body)
        first.expect(status)
        let content = try server.storedContent()
        let calls = try await server.recordedCalls()
        guard case .request(let answered) = try #require(calls.first).answer else {
            throw SchedulerError(1, "not recorded with its request")
        }
        #expect(answered.id == id && calls.count == 1)
        expectSame(first, try await call(method, "requests/\(id)\(tail)", body: body))
        #expect(try server.storedContent() == content)
        try await call(.post, "requests/\(id)/forceCancel").expectError(409, "ESS-01053")
    }

    @Test("DELETE of a subscription, priority and the schedule's controls are carried out once, too")
    func moreOperations() async throws {
        let id = try await server.request(in: .wait)
        let path = "requests/\(id)/subscribe"
        let callback = #"{"callbackUrlPrefix":"https://a.example.org","callbackResourcePath":"b"}"#
        try await server.call(.post, path, body: callback).expect(200)
        try await call(.delete, path, "unsubscribe").expect(204)
        try await call(.delete, path, "unsubscribe").expect(204)
        try await server.call(.delete, path).expectError(404, "ESS-01021")
        let priority = "/api/v1/requests/\(id)/priority"
        try await call(.post, priority, "priority", body: #"{"priority":9}"#).expect(200)
        try await server.call(.post, priority, body: #"{"priority":1}"#).expect(200)
        try await call(.post, priority, "priority", body: #"{"priority":9}"#).expect(200)
        #expect(try await server.stored(id).priority == 1)
        let waiting = try await server.request(in: .running)
        let complete = "/api/v1/requests/\(waiting)/complete"
        let outcome = #"{"status":"SUCCESS","attestation":true}"#
        let completed = try await call(.post, complete, "complete", body: outcome)
        completed.expect(200)
        expectSame(completed, try await call(.post, complete, "complete", body: outcome))
        let schedule = #","schedule":{"recurrences":[{"icalString":"FREQ=DAILY"}]}"#
        let parent = try await server.submit("Sync", schedule)
        let run = "/api/v1/requests/\(parent)/schedule/runNow"
        let first = try await call(.post, run, "run")
        first.expect(200)
        let count = try await server.requests().count
        expectSame(first, try await call(.post, run, "run"))
        #expect(try await server.requests().count == count)
    }

    // MARK: - Handles

    @Test("Without credentials a key belongs to the handle: report, check-in and sub-request are taken once")
    func handles() async throws {
        let id = try await server.request(in: .running)
        let handle = try await server.handle(id)
        let asked = #"{"requestExecutionContext":"\#(id),\#(handle)"}"#
        let path = "requests/\(id)/checkInCancelling"
        #expect(try await call(.post, path, "ask", as: nil, body: asked).text == "false")
        let sub = TestCatalogue.submission(
            "Sync",
            #","requestExecutionContext":{"requestId":\#(id),"requestHandle":"\#(handle)"}"#
        )
        let child = try await call(.post, "requests", "sub", as: nil, body: sub)
        child.expect(201)
        try await server.perform(.cancel, on: id)
        #expect(try await call(.post, path, "ask", as: nil, body: asked).text == "false")
        #expect(try await server.checkIn(id, handle: handle).text == "true")
        let report = #"{"status":"SUSPEND","requestHandle":"\#(handle)"}"#
        let status = "requests/\(id)/executionStatus"
        let first = try await call(.post, status, "report", as: nil, body: report)
        first.expect(200)
        // Long after the handle is dead.
        expectSame(first, try await call(.post, status, "report", as: nil, body: report))
        expectSame(child, try await call(.post, "requests", "sub", as: nil, body: sub))
        let other = try await server.request(in: .running)
        let others = #"{"status":"SUCCESS","requestHandle":"\#(try await server.handle(other))"}"#
        try await call(.post, "requests/\(other)/executionStatus", "report", as: nil, body: others).expect(200)
        let calls = try await server.recordedCalls()
        #expect(!calls.isEmpty && !"\(calls)".contains(handle))
    }

    @Test("Who has neither credentials nor a handle is refused, key or not")
    func nobody() async throws {
        try await submit().expect(201)
        try await call(.post, "requests", as: nil, body: Self.body).expectError(401, "ESS-02001")
        let id = try await server.request(in: .running)
        let forged = #"{"status":"SUCCESS","requestHandle":"1.forged"}"#
        let path = "requests/\(id)/executionStatus"
        try await call(.post, path, as: nil, body: forged).expectError(401, "ESS-02001")
        #expect(try await server.recordedCalls().count == 1)
    }

    // MARK: - Form

    @Test("GET and PUT take no key: whatever it is, it is ignored")
    func otherMethods() async throws {
        try await submit().expect(201)
        try await call(.get, "requests/1").expect(200)
        try await call(.get, "requests/1", "not a key").expect(200)
        try await call(.put, "/api/v1/requests/1/schedule", body: "{}").expectError(400, "ESS-05007")
    }

    @Test("Without a key nothing is kept")
    func noKey() async throws {
        _ = try await server.submit()
        try await server.call(.post, "requests/1/hold").expect(200)
        #expect(try await server.recordedCalls().isEmpty)
    }
}
