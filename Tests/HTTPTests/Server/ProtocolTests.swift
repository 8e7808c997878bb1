import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerHTTP
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Protocol: C1 to C11", .ownStores)
struct ProtocolTests {
    private static let resource = SchedulerAPI.MediaType.resource.rawValue

    @Test("C1 the root links to every entry point, each link with href and rel; templates say so")
    func root() async throws {
        let server = try await TestServer()
        for path in [TestServer.base, TestServer.base + "/"] {
            let reply = try await server.call(.get, path)
            reply.expect(200)
            let version = try #require(reply.json["items"]?.elements.first { _ in true })
            #expect(reply.relations == ["self"] && reply.hrefs == [TestServer.publicURL + TestServer.base])
            let links = Array(try #require(version["links"]).elements)
            #expect(
                links.map { $0["rel"]?.string } == [
                    "self", "requests", "search", "query", "submit", "submitArgs", "quiesceState",
                ]
            )
            for link in links {
                let href = try #require(link["href"]?.string)
                #expect(href.hasPrefix(TestServer.publicURL + TestServer.base))
                #expect(link["templated"]?.bool == href.contains("{"))
                #expect(link["mediaType"]?.string == "application/json")
                let method = try #require(link["method"]?.string.flatMap { HTTPRequest.Method(rawValue: $0) })
                // Whatever the root links to is there: a template with any value in it.
                let target = href.dropFirst(TestServer.publicURL.count)
                    .replacing("{pageIndex}", with: "1").replacing("{application}", with: "Escapement")
                let found = try await server.call(method, String(target), body: "{}")
                #expect(found.status != 404 && found.status != 405, "\(href)")
            }
        }
    }

    @Test(
        "C2 without credentials every path is 401 with a challenge",
        arguments: [
            (HTTPRequest.Method.get, ""), (.get, "requests"), (.post, "requests"), (.get, "requests/1"),
            (.delete, "requests/1"), (.post, "requests/1/cancel"), (.post, "requests/1/forceCancel"),
            (.get, "requests/1/executionStatus"), (.get, "nonsense"), (.get, "/nonsense"), (.options, "requests"),
            (.get, "requests/search/1"), (.get, "query/Acme/requests"), (.post, "requests/submitArgs"),
            (.get, "requests/1/permissions"), (.get, "/api/v1/requests/1/log"), (.get, "/api/v1/requests/1/outputs"),
            (.get, "/api/v1/docs"),
            (.get, "server/quiesceState"),
            (.get, "/api/v1/nodes"), (.get, "/api/v1/nodes/a"), (.post, "/api/v1/nodes/a/quiesce"),
            (.post, "/api/v1/nodes/a/resume"), (.post, "/api/v1/clusters/escapement/quiesce"),
        ]
    )
    func noCredentials(method: HTTPRequest.Method, path: String) async throws {
        let reply = try await TestServer().call(method, path, as: nil)
        reply.expectError(401, "ESS-02001")
        #expect(reply.fields[.wwwAuthenticate] == #"Basic realm="escapement", Bearer"#)
        // Browsers ask for a password where a field holds one challenge.
        #expect(reply.fields[values: .wwwAuthenticate] == [#"Basic realm="escapement""#, "Bearer"])
    }

    @Test("C3 unknown paths are 404, literal segments win over numbers of requests")
    func unknownPaths() async throws {
        let server = try await TestServer()
        for path in [
            "/", "/nonsense", "nonsense", "jobDefinitions", "requests/1/2/3", "requests/1/2", "requests/search",
            "requests/search/1/2", "requests/submitArgs/cancel", "requests/1/permissions/2", "query", "query/Acme",
            "query/Acme/requests/1", "query/Acme/jobs", "server", "server/quiesceState/1", "server/state",
            "/ess/rest/scheduler/v2/requests", "/ess//rest/scheduler/v1/requests", "/api/v1/requests", "/api/v1",
            "/api/v1/nodes/a/b", "/api/v1/nodes/a/quiesce/b", "/api/v1/nodes/a/b/quiesce", "/api/v1/clusters",
            "/api/v1/clusters/a", "/api/v1/clusters/quiesce", "/api/v1/clusters/a/b/quiesce",
        ] {
            try await server.call(.get, path).expectError(404, "ESS-05020")
        }
    }

    @Test("C3, C69 another method is 405 with Allow; OPTIONS tells it")
    func methods() async throws {
        let server = try await TestServer()
        for (path, allow, wrong) in [
            ("requests", "GET, HEAD, POST", HTTPRequest.Method.put), ("requests/1", "GET, HEAD, PATCH, DELETE", .put),
            ("requests/1/executionStatus", "POST", .get), ("requests/1/forceCancel", "POST", .get),
            ("requests/1/forceCancel", "POST", .put), ("requests/1/forceCancel", "POST", .patch),
            ("requests/1/forceCancel", "POST", .delete), ("requests/1/forceCancel", "POST", .head),
            ("/api/v1/requests/1/log", "GET, HEAD", .post), ("", "GET, HEAD", .post),
            ("requests/submitArgs", "POST", .get), ("requests/submitArgs", "POST", .delete),
            ("requests/search/1", "GET, HEAD", .post), ("requests/search/cancel", "GET, HEAD", .post),
            ("query/Acme/requests", "GET, HEAD", .post), ("requests/1/permissions", "GET, HEAD", .put),
            ("requests/1/subscribe", "POST, DELETE", .get), ("requests/1/checkInCancelling", "POST", .get),
            ("server/quiesceState", "GET, HEAD", .post), ("/api/v1/nodes", "GET, HEAD", .post),
            ("/api/v1/nodes/a", "GET, HEAD", .delete), ("/api/v1/nodes/a/quiesce", "POST", .get),
            ("/api/v1/nodes/a/resume", "POST", .put), ("/api/v1/clusters/a/quiesce", "POST", .head),
            ("/api/v1/clusters/a/resume", "POST", .get), ("/api/v1/requests/1/schedule", "PUT", .get),
            ("/api/v1/requests/1/schedule/skip", "POST", .put), ("/api/v1/schedules/preview", "POST", .get),
        ] {
            let reply = try await server.call(wrong, path)
            #expect(reply.fields[.allow] == allow)
            if wrong == .head { reply.expect(405) } else { reply.expectError(405, "ESS-05021") }
            let options = try await server.call(.options, path)
            options.expect(204)
            #expect(options.fields[.allow] == allow)
            #expect(options.body.isEmpty)
        }
    }

    @Test("C3 HEAD is GET without body")
    func head() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        let get = try await server.call(.get, "requests/\(id)")
        let head = try await server.call(.head, "requests/\(id)")
        head.expect(200)
        #expect(head.body.isEmpty)
        #expect(head.fields[.contentLength] == String(get.body.count))
        #expect(head.fields[.contentType] == get.fields[.contentType])
    }

    @Test("C4 the type of an error leads to a page that names the code, without credentials")
    func errorPages() async throws {
        let server = try await TestServer()
        for entry in ErrorCatalogue.all {
            let page = try await server.call(.get, "/errors/\(entry.code)", as: nil)
            page.expect(200)
            #expect(page.text.contains(entry.code.description))
            #expect(page.fields[.contentType] == "text/html; charset=utf-8")
        }
        for name in ["ESS-99999", "ESS-1013", "x", "..%2F..%2Fetc%2Fpasswd"] {
            try await server.call(.get, "/errors/\(name)", as: nil).expectError(404, "ESS-05020")
        }
        try await server.call(.post, "/errors/ESS-01013", as: nil).expectError(405, "ESS-05021")
        for path in ["/errors", "/errors/"] {
            let index = try await server.call(.get, path, as: nil)
            index.expect(200)
            #expect(index.text.contains("\(TestServer.publicURL)/errors/ESS-01013\""))
            #expect(index.fields[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
        }
        try await server.call(.get, "/errors/ESS-01013/x", as: nil).expectError(401, "ESS-02001")
        try await server.call(.get, "/errors/ESS-01013/x").expectError(404, "ESS-05020")
    }

    @Test("C5, C70 a type that cannot be produced is 406 without effect")
    func notAcceptable() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .cancelling)
        server.set(forceCancelAfter: .zero)
        let before = try server.storedContent()
        for (method, path) in [
            (HTTPRequest.Method.post, "requests"), (.post, "requests/\(id)/forceCancel"), (.get, "requests/\(id)"),
        ] {
            for type in ["text/plain", "text/html", "application/json;q=0"] {
                let reply = try await server.call(
                    method,
                    path,
                    body: TestCatalogue.submission("Sync"),
                    [.accept: type]
                )
                reply.expectError(406, "ESS-05022")
                #expect(reply.fields[.contentType] == "application/json")
            }
        }
        #expect(try server.storedContent() == before)
    }

    @Test("C6, C70 the resource type is answered with its parameters, errors without")
    func resourceType() async throws {
        let server = try await TestServer()
        let accept: HTTPFields = [.accept: Self.resource]
        let submitted = try await server.call(.post, "requests", body: TestCatalogue.submission("Async"), accept)
        #expect(submitted.fields[.contentType] == Self.resource)
        let id = RequestID(try #require(submitted.member("id").flatMap { Int64($0) }))
        #expect(
            try await server.call(.get, "requests/\(id)", accept).fields[.contentType] == Self.resource
                + ";type=singular"
        )
        #expect(
            try await server.call(.get, "requests", accept).fields[.contentType] == Self.resource + ";type=collection"
        )
        try await server.start(id)
        try await server.call(.post, "requests/\(id)/cancel")
        let early = try await server.call(.post, "requests/\(id)/forceCancel", accept)
        early.expectError(400, "ESS-01015")
        #expect(early.fields[.contentType] == Self.resource)
        server.set(forceCancelAfter: .zero)
        let forced = try await server.call(.post, "requests/\(id)/forceCancel", accept)
        forced.expect(200)
        #expect(forced.fields[.contentType] == Self.resource)
        let missing = try await server.call(.get, "requests/999", accept)
        missing.expectError(404, "ESS-01001")
        #expect(missing.fields[.contentType] == Self.resource)
        let plain = try await server.call(.get, "requests/\(id)")
        #expect(plain.fields[.contentType] == "application/json;charset=utf-8")
    }

    @Test("C7 foreign types are 415, no type is JSON, large bodies are 413")
    func bodies() async throws {
        let server = try await TestServer(maxBodySize: 2000)
        let body = TestCatalogue.submission("Sync")
        try await server.call(.post, "requests", body: body, [.contentType: "text/xml"]).expectError(415, "ESS-05024")
        try await server.call(.post, "requests", body: body, [.contentType: "application/json;charset=latin1"])
            .expectError(415, "ESS-05024")
        try await server.call(.post, "requests", body: body).expect(201)
        try await server.call(.post, "requests", body: body, [.contentType: "application/json; charset=UTF-8"]).expect(
            201
        )
        let long = body + String(repeating: " ", count: 2001 - body.utf8.count)
        try await server.call(.post, "requests", body: long).expectError(413, "ESS-05023")
        try await server.call(.post, "requests", body: long, [.contentLength: "2001"]).expectError(413, "ESS-05023")
        try await server.call(.post, "requests", body: String(long.dropLast())).expect(201)
        #expect(try await server.requests().count == 3)
    }

    @Test("C7 the checks answer in their order")
    func order() async throws {
        let server = try await TestServer(maxBodySize: 100)
        let long = String(repeating: "x", count: 101)
        let wrongType: HTTPFields = [.contentType: "text/xml", .accept: "text/html"]
        try await server.call(.post, "nonsense", as: nil, body: long, wrongType).expectError(401, "ESS-02001")
        try await server.call(.post, "nonsense", body: long, wrongType).expectError(404, "ESS-05020")
        try await server.call(.put, "requests", body: long, wrongType).expectError(405, "ESS-05021")
        try await server.call(.post, "requests", body: long, wrongType).expectError(406, "ESS-05022")
        try await server.call(.post, "requests", body: long, [.contentType: "text/xml"]).expectError(413, "ESS-05023")
        try await server.call(.post, "requests?a=%00", body: "x", [.contentType: "text/xml"]).expectError(
            415,
            "ESS-05024"
        )
        try await server.call(.post, "requests?a=%00", body: "x").expectError(400, "ESS-05028")
        try await server.call(.post, "requests", body: "x").expectError(400, "ESS-05001")
        let id = try await server.request(in: .succeeded)
        try await server.call(.post, "requests/abc/cancel", as: "nina").expectError(400, "ESS-05009")
        try await server.call(.post, "requests/999/cancel", as: "nina").expectError(404, "ESS-01001")
        try await server.call(.post, "requests/\(id)/cancel", as: "nina").expectError(403, "ESS-02003")
        try await server.call(.post, "requests/\(id)/cancel").expectError(400, "ESS-01010")
    }

    @Test("C8 trailing slashes and GET with a type and a body work")
    func tolerance() async throws {
        let server = try await TestServer()
        let id = try await server.submit()
        try await server.call(.get, "requests/\(id)/").expect(200)
        try await server.call(.get, "requests//").expect(200)
        try await server.call(.get, "requests/\(id)", body: "{", [.contentType: "text/xml"]).expect(200)
        try await server.call(.post, "requests/\(id)/cancel/").expect(200)
        try await server.call(.post, "requests/", body: TestCatalogue.submission("Sync")).expect(201)
    }

    @Test("C9, C10 links have the profile's rels and order in every state")
    func links() async throws {
        let documented = try await TestServer()
        let fusion = try await TestServer(profile: .fusion)
        for state in [RequestState.wait, .hold, .running, .cancelling, .paused, .cancelled, .succeeded, .error] {
            let id = try await documented.request(in: state)
            #expect(
                try await documented.call(.get, "requests/\(id)").relations == [
                    "self", "absParentRequest", "instanceParent", "cancel", "forceCancel", "hold", "release",
                    "subscribe", "permissions", "executionStatus",
                ]
            )
            let other = try await fusion.request(in: state)
            let reply = try await fusion.call(.get, "requests/\(other)")
            #expect(
                reply.relations == [
                    "SELF", "CANCEL", "HOLD", "RELEASE", "ABSPARENTREQUEST", "PARENTREQUEST", "INSTANCEPARENT",
                    "FORCECANCEL", "PERMISSIONS", "SUBSCRIBE", "EXECUTIONSTATUS",
                ]
            )
            #expect(reply.text.contains("https://sched.example.org:443/ess/rest/scheduler/v1/requests/-1"))
        }
    }

    @Test("C11 no nulls, date-times in UTC with milliseconds")
    func shape() async throws {
        let server = try await TestServer()
        let id = try await server.request(in: .succeeded)
        let reply = try await server.call(.get, "requests/\(id)")
        #expect(!reply.text.contains("null"))
        for name in ["submissionTime", "scheduledTime", "completedTime", "stateChangeTime", "processStartTime"] {
            let text = try #require(reply.member(name))
            #expect(text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(name): \(text)")
        }
        #expect(reply.memberNames == reply.memberNames.sorted())
    }

    @Test("Health is for everybody")
    func health() async throws {
        let server = try await TestServer()
        try await server.call(.get, "/healthz", as: nil).expect(200)
        try await server.call(.get, "/readyz", as: nil).expect(200)
        try await server.call(.post, "/healthz", as: nil).expectError(405, "ESS-05021")
    }

    @Test("An Idempotency-Key that is none is 400")
    func idempotencyKey() async throws {
        let server = try await TestServer()
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        for key in ["", "a b", String(repeating: "k", count: 256)] {
            try await server.call(.post, "requests", body: "{}", [name: key]).expectError(400, "ESS-05005")
        }
    }
}
