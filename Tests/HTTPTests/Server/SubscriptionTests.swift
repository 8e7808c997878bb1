import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

/// Callbacks as callers ask for them and follow them (REST §3.4, §5.8, administration §6.1).
@Suite("Subscriptions", .ownStores)
struct SubscriptionTests {
    private static let body = callback("https://ledger.example.org/hooks/", "/done")

    private let server: TestServer

    init() async throws { server = try await TestServer() }

    private static func callback(_ prefix: String, _ path: String, _ more: String = "") -> String {
        #"{"callbackUrlPrefix":"\#(prefix)","callbackResourcePath":"\#(path)"\#(more)}"#
    }

    private static func path(_ id: RequestID) -> String { "requests/\(id)/subscribe" }

    private static func deliveries(_ id: RequestID) -> String { "/api/v1/requests/\(id)/deliveries" }

    /// An ended request of which one delivery is pending.
    private func told() async throws -> RequestID {
        let id = try await server.request(in: .wait)
        try await server.call(.post, Self.path(id), body: Self.body).expect(200)
        try await server.perform(.cancel, on: id)
        return id
    }

    @Test("C44: POST subscribes and answers with links, a second one replaces; DELETE ends it, then there is none")
    func subscribe() async throws {
        let id = try await server.request(in: .running)
        let reply = try await server.call(.post, Self.path(id), body: Self.body)
        reply.expect(200)
        #expect(reply.relations.contains("subscribe"))
        let url = "https://ledger.example.org/hooks/done"
        #expect(try await server.call(.get, "requests/\(id)").member("notificationUrl") == url)
        let second = Self.callback("https://b.example.org", "x")
        try await server.call(.post, Self.path(id), body: second).expect(200)
        #expect(try await server.call(.get, "requests/\(id)").member("notificationUrl") == "https://b.example.org/x")
        try await server.call(.delete, Self.path(id)).expect(204)
        #expect(try await server.call(.get, "requests/\(id)").member("notificationUrl") == nil)
        try await server.call(.delete, Self.path(id)).expectError(404, "ESS-01021")
        let trail = try await server.audit().filter { $0.outcome == .ok }.map(\.entry.action)
        #expect(trail.suffix(3) == ["subscribe", "subscribe", "unsubscribe"])
    }

    @Test("C44: a client secret is in no answer, and stored sealed")
    func secret() async throws {
        let id = try await server.request(in: .wait)
        let more =
            #","securityScheme":"DIRECT_OAUTH","accessTokenUri":"https://idp.example.org/token","#
            + #""clientId":"me","clientSecret":"hush-hush""#
        let reply = try await server.call(.post, Self.path(id), body: Self.callback("https://a.example.org", "b", more))
        reply.expect(200)
        let details = try await server.call(.get, "requests/\(id)")
        #expect(!reply.text.contains("hush") && !details.text.contains("hush"))
        let stored = try #require(try await server.detail(id).callback)
        #expect(stored.sealedClientSecret != nil && !"\(stored)".contains("hush"))
        #expect(!server.logs.lines.contains { $0.contains("hush") })
    }

    @Test("C45: what is no target or a forbidden one is refused when it is asked for")
    func forbidden() async throws {
        let id = try await server.request(in: .wait)
        for prefix in [
            "http://127.0.0.1", "http://localhost:8080", "https://10.0.0.7", "http://[::1]", "http://169.254.169.254",
            "ftp://example.org", "https://me:secret@example.org", "example.org",
        ] {
            let reply = try await server.call(.post, Self.path(id), body: Self.callback(prefix, "x"))
            reply.expectError(400, "ESS-02007")
        }
        let token =
            #","securityScheme":"DIRECT_OAUTH","accessTokenUri":"http://10.1.2.3/t","clientId":"a","#
            + #""clientSecret":"b""#
        let reply = try await server.call(
            .post,
            Self.path(id),
            body: Self.callback("https://a.example.org", "b", token)
        )
        reply.expectError(400, "ESS-02007")
        #expect(try await server.stored(id).kinship.audience.isEmpty)
    }

    @Test("C45: a private target that is configured is taken, others are not, and a denied one is refused")
    func configured() async throws {
        let allow = ["127.0.0.0/8", "10.0.0.7"].compactMap { OutboundRule(parsing: $0) }
        let deny = ["a.example.org"].compactMap { OutboundRule(parsing: $0) }
        let server = try await TestServer(outbound: OutboundPolicy(allow: allow, deny: deny))
        let id = try await server.request(in: .wait)
        for prefix in ["http://127.0.0.1:8091", "https://10.0.0.7"] {
            try await server.call(.post, Self.path(id), body: Self.callback(prefix, "x")).expect(200)
        }
        for prefix in ["https://10.0.0.8", "http://169.254.169.254", "https://a.example.org"] {
            let reply = try await server.call(.post, Self.path(id), body: Self.callback(prefix, "x"))
            reply.expectError(400, "ESS-02007")
        }
    }

    @Test("Whoever may not, and what is not right, is refused in the order of the specification")
    func refusals() async throws {
        let id = try await server.request(in: .wait)
        try await server.call(.post, Self.path(id), as: nil, body: Self.body).expectError(401, "ESS-02001")
        try await server.call(.post, Self.path(RequestID(99)), body: "{").expectError(404, "ESS-01001")
        try await server.call(.post, Self.path(id), as: "olga", body: "{").expectError(403, "ESS-02004")
        try await server.call(.post, Self.path(id), as: "nina", body: "{").expectError(403, "ESS-02003")
        try await server.call(.delete, Self.path(id), as: "olga").expectError(403, "ESS-02004")
        try await server.call(.get, Self.path(id)).expectError(405, "ESS-05021")
        for (body, code) in [
            ("{", "ESS-05001"), ("{}", "ESS-05003"), (#"{"callbackUrlPrefix":"https://a"}"#, "ESS-05003"),
            (Self.callback("https://a", "b", #","securityScheme":"NONE""#), "ESS-05004"),
            (Self.callback("https://a", "b", #","securityScheme":"OWSM_LPA""#), "ESS-05019"),
            (Self.callback("https://a", "b", #","securityScheme":"DIRECT_OAUTH","clientId":"x""#), "ESS-05019"),
        ] {
            try await server.call(.post, Self.path(id), body: body).expectError(400, code)
        }
        let ended = try await server.request(in: .cancelled)
        try await server.call(.post, Self.path(ended), body: Self.body).expectError(400, "ESS-01020")
    }

    @Test("A submission may bring its callback along, a patch another one in any state that is no end")
    func submitAndPatch() async throws {
        let submission =
            #"{"jobDefinitionId":"JobDefinition://acme/Async","callbackSubscription":\#(Self.body)}"#
        let submitted = try await server.call(.post, "requests", body: submission)
        submitted.expect(201)
        let id = RequestID(try #require(Int64(submitted.member("id") ?? "")))
        try await server.start(id)
        let second = #"{"callbackSubscription":\#(Self.callback("https://b.example.org", "x"))}"#
        try await server.call(.patch, "requests/\(id)", body: second).expect(200)
        #expect(try await server.call(.get, "requests/\(id)").member("notificationUrl") == "https://b.example.org/x")
        let both = #"{"startTime":"2031-01-01T00:00:00Z","callbackSubscription":\#(Self.body)}"#
        try await server.call(.patch, "requests/\(id)", body: both).expectError(400, "ESS-01018")
        let forbidden = #"{"callbackSubscription":\#(Self.callback("http://127.0.0.1", "x"))}"#
        try await server.call(.patch, "requests/\(id)", body: forbidden).expectError(400, "ESS-02007")
        try await server.perform(.cancel, on: id)
        try await server.perform(.report(.cancel, text: nil, handle: present(server.stored(id).epoch)), on: id)
        try await server.call(.patch, "requests/\(id)", body: second).expectError(400, "ESS-01020")
        #expect(try await server.call(.get, Self.deliveries(id)).member("count") == "1")
    }

    @Test("Deliveries are seen by whoever may read the request")
    func deliveries() async throws {
        let id = try await told()
        let reply = try await server.call(.get, Self.deliveries(id), as: "olga")
        reply.expect(200)
        let time = "\(server.time.now())"
        #expect(
            reply.text
                == #"{"count":1,"items":[{"channel":"callback","event":"REQUEST_CANCELLED","#
                + #""idempotencyKey":"escapement-\#(id)-1","nextTryTime":"\#(time)","number":1,"requestId":\#(id),"#
                + #""requestState":"CANCELLED","status":"PENDING","subscriberId":\#(id),"time":"\#(time)","tries":0}]}"#
        )
        try await server.call(.get, Self.deliveries(id), as: "nina").expectError(403, "ESS-02003")
        try await server.call(.get, Self.deliveries(id), as: nil).expectError(401, "ESS-02001")
        try await server.call(.get, Self.deliveries(RequestID(99))).expectError(404, "ESS-01001")
        try await server.call(.post, Self.deliveries(id)).expectError(405, "ESS-05021")
    }

    @Test("A delivery is repeated for whoever may update the request, and that is recorded")
    func redeliver() async throws {
        let id = try await told()
        let due = try #require(try await server.store.pollOutbox(limit: 1).due.first?.entry)
        _ = try await server.store.settle(.failed("no", status: 500), of: due, terms: DeliveryTerms(horizon: .zero))
        let path = "\(Self.deliveries(id))/1/redeliver"
        let reply = try await server.call(.post, path)
        reply.expect(200)
        #expect(reply.member("status") == "PENDING" && reply.member("tries") == "1")
        #expect(reply.member("lastStatus") == "500" && reply.member("lastError") == "no")
        for number in ["2", "0", "-1", "x", "99999999999999999999"] {
            try await server.call(.post, "\(Self.deliveries(id))/\(number)/redeliver").expectError(404, "ESS-05020")
        }
        try await server.call(.post, path, as: "olga").expectError(403, "ESS-02004")
        try await server.call(.post, path, as: "nina").expectError(403, "ESS-02003")
        try await server.call(.get, path).expectError(405, "ESS-05021")
        let trail = try await server.audit().filter { $0.entry.action == "redeliver" }.map(\.outcome)
        #expect(trail == [.ok, .denied, .denied])
    }
}
