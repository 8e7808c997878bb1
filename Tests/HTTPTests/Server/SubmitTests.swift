import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import StoreTesting
import Testing

@Suite("Submit: C13 to C17", .ownStores)
struct SubmitTests {
    @Test("C13 a minimal submit")
    func minimal() async throws {
        let server = try await TestServer()
        let reply = try await server.call(.post, "requests", body: TestCatalogue.submission("Sync"))
        reply.expect(201)
        let id = try #require(reply.member("id"))
        #expect(reply.memberNames == ["id", "links", "requestId"])
        #expect(reply.member("requestId") == id)
        #expect(reply.fields[.location] == "\(TestServer.publicURL)\(TestServer.base)/requests/\(id)")
        #expect(reply.relations.first == "self")
        let read = try await server.call(.get, "requests/\(id)")
        for (name, value) in [
            ("requestId", id), ("absParentRequestId", id), ("instanceParentId", id), ("requestType", "SINGLETON"),
            ("priority", "4"), ("state", "WAIT"), ("stateDescription", "Wait"), ("submitter", "anna"),
            ("runAsUser", "anna"), ("cause", "NON_TERMINAL"), ("application", "Escapement"),
            ("jobDefinitionId", "JobDefinition://acme/Sync"), ("executionType", "PROCESS_TYPE"),
            ("requestMode", "Escapement"), ("isCancellable", "true"), ("isHoldable", "true"),
            ("isForceCancelAllowed", "false"), ("executionAttempt", "1"), ("stepId", "0"),
        ] {
            #expect(read.member(name) == value, "\(name)")
        }
        #expect(read.member("parentRequestId") == nil)
        #expect(read.member("ecid")?.utf8.count == 32)
    }

    @Test(
        "C15 every form of an id submits the same definition",
        arguments: [
            "JobDefinition://acme/Sync", "JobDefinition:/acme/Sync", "/acme/Sync", "acme/Sync",
            "JOB_DEFINITION://acme/Sync/",
        ]
    )
    func idForms(form: String) async throws {
        let server = try await TestServer()
        let reply = try await server.call(.post, "requests", body: #"{"jobDefinitionId":"\#(form)"}"#)
        reply.expect(201)
        let id = try #require(reply.member("id"))
        #expect(try await server.call(.get, "requests/\(id)").member("jobDefinitionId") == "JobDefinition://acme/Sync")
    }

    @Test(
        "C15 so does every form of the id of a job set, also in a query; where both kinds have it, it is a definition's",
        arguments: ["JobSet://acme/Nightly", "JobSet:/acme/Nightly", "/acme/Nightly", "acme/Nightly"]
    )
    func setForms(form: String) async throws {
        let server = try await TestServer()
        let reply = try await server.call(.post, "requests", body: #"{"jobDefinitionId":"\#(form)"}"#)
        reply.expect(201)
        let id = try #require(reply.member("id"))
        #expect(try await server.call(.get, "requests/\(id)").member("jobDefinitionId") == "JobSet://acme/Nightly")
        for path in ["requests", "requests/search/1", "query/Escapement/requests"] {
            let found = try await server.call(.get, "\(path)?q=jobDefinitionId+eq+'\(form)'")
            #expect(found.ids == [id], "\(path)")
            let others = try await server.call(.get, "\(path)?q=jobDefinitionId+ne+'\(form)'")
            #expect(others.ids.isEmpty, "\(path)")
        }
        let twin = JobDefinition(
            id: TestCatalogue.id("Nightly"),
            jobType: BuiltInJobType.process.id,
            parameters: [Parameter(name: "SYS_cmdLine", value: "/bin/true")]
        )
        server.catalogue.current = TestCatalogue.catalogue(TestCatalogue.contents + [.jobDefinition(twin)])
        let found = try await server.call(.get, "requests?q=jobDefinitionId+eq+'\(form)'")
        #expect(found.ids == (form.hasPrefix("JobSet") ? [id] : []))
    }

    @Test("C15 the older pair of names works")
    func olderNames() async throws {
        let body =
            #"{"jobPackageName":"/acme","jobDefinitionName":"Sync","parameters":[{"name":"a","paramType":"STRING","value":1}]}"#
        let server = try await TestServer()
        let reply = try await server.call(.post, "requests", body: body)
        reply.expect(201)
        let stored = try await server.detail(RequestID(1))
        #expect(stored.parameters.first { $0.name == "a" }?.value == "1")
    }

    @Test("All labels and properties arrive")
    func labels() async throws {
        let body = #"""
            {"jobDefinitionId":"acme/Sync","application":"Gl","description":"d","product":"p","requestCategory":"c",
             "priority":9,"retries":2,"requestTimeout":3,"startTime":"2031-01-01T00:00Z","endTime":"2031-01-02T00:00:00+01:00",
             "requestParameters":[{"name":"submit.argument1","paramType":"STRING","value":"DE"}],"unknown":{"a":[1]},
             "callbackSubscription":{"callbackUrlPrefix":"https://hooks.example.org/","callbackResourcePath":"/x",
              "securityScheme":"DIRECT_OAUTH","accessTokenUri":"https://id.example.org/t","clientId":"i","clientSecret":"hush-hush"}}
            """#
        let server = try await TestServer()
        let reply = try await server.call(.post, "requests", body: body)
        reply.expect(201)
        let read = try await server.call(.get, "requests/\(reply.member("id") ?? "")")
        for (name, value) in [
            ("application", "Gl"), ("description", "d"), ("product", "p"), ("requestCategory", "c"), ("priority", "9"),
            ("requestedStartTime", "2031-01-01T00:00:00.000Z"), ("requestedEndTime", "2031-01-01T23:00:00.000Z"),
            ("scheduledTime", "2031-01-01T00:00:00.000Z"), ("notificationUrl", "https://hooks.example.org/x"),
        ] {
            #expect(read.member(name) == value, "\(name)")
        }
        let detail = try await server.detail(RequestID(1))
        let stored = detail.request
        #expect(stored.policy.retries == 2)
        #expect(stored.policy.requestTimeout == .seconds(180))
        #expect(!read.text.contains("hush-hush"))
        #expect(detail.callback?.sealedClientSecret?.isEmpty == false)
        #expect(!server.logs.lines.contains { $0.contains("hush-hush") })
    }

    @Test("The trace of the caller is kept")
    func trace() async throws {
        let server = try await TestServer()
        let name = try #require(HTTPField.Name("traceparent"))
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        let reply = try await server.call(
            .post,
            "requests",
            body: TestCatalogue.submission("Sync"),
            [name: "00-\(trace)-00f067aa0ba902b7-01"]
        )
        #expect(try await server.call(.get, "requests/\(reply.member("id") ?? "")").member("ecid") == trace)
    }

    @Test(
        "C16 and bad input: each its code and the member, nothing stored",
        arguments: [
            (
                #"{"jobDefinitionId":"acme/Sync","schedule":{"recurrences":[{"icalString":"FREQ=DAILY"}]},"scheduleId":"x/y"}"#,
                "ESS-04001", ""
            ),
            (#"{}"#, "ESS-05003", "jobDefinitionId"), (#"{"jobDefinitionId":null}"#, "ESS-05003", "jobDefinitionId"),
            (#"{"jobDefinitionId":"acme/Sync","priority":10}"#, "ESS-05005", "priority"),
            (#"{"jobDefinitionId":"acme/Sync","priority":-1}"#, "ESS-05005", "priority"),
            (#"{"jobDefinitionId":"acme/Sync","priority":"high"}"#, "ESS-05002", "priority"),
            (#"{"jobDefinitionId":"acme/Sync","retries":-1}"#, "ESS-05005", "retries"),
            (#"{"jobDefinitionId":7}"#, "ESS-05002", "jobDefinitionId"), ("[]", "ESS-05002", "body"),
            ("", "ESS-05001", ""), ("{", "ESS-05001", ""), (#"{"a":1}x"#, "ESS-05001", ""),
            (#"{"jobDefinitionId":"acme/Sync","startTime":"tomorrow"}"#, "ESS-00004", "startTime"),
            (
                #"{"jobDefinitionId":"acme/Sync","startTime":"2031-01-02T00:00Z","endTime":"2031-01-01T00:00Z"}"#,
                "ESS-04005", ""
            ),
            (
                #"{"jobDefinitionId":"acme/Sync","requestParameters":[{"name":"a","paramType":"FLOAT","value":"1"}]}"#,
                "ESS-05004", "requestParameters[0].paramType"
            ),
            (#"{"jobDefinitionId":"acme/Sync","requestParameters":[{"name":"a","value":"1"}]}"#, "ESS-05003", "a"),
            (
                #"{"jobDefinitionId":"acme/Sync","requestParameters":[{"paramType":"STRING"}]}"#, "ESS-05003",
                "requestParameters[0].name"
            ),
            (
                #"{"jobDefinitionId":"acme/Typed","requestParameters":[{"name":"count","value":"many"}]}"#, "ESS-05006",
                "count"
            ),
            (
                #"{"jobDefinitionId":"acme/Typed","requestParameters":[{"name":"fixed","paramType":"STRING","value":"y"}]}"#,
                "ESS-00002", "fixed"
            ),
            (
                #"{"jobDefinitionId":"acme/Sync","requestParameters":[{"name":"SYS_cmdLine","paramType":"STRING","value":"/bin/sh"}]}"#,
                "ESS-00002", "SYS_cmdLine"
            ),
            (#"{"jobDefinitionId":"acme/Sync","description":"a\u0000b"}"#, "ESS-05028", "description"),
            (#"{"jobPackageName":"acme"}"#, "ESS-11003", ""), (#"{"jobDefinitionId":"Sync"}"#, "ESS-03002", "Sync"),
            (#"{"jobDefinitionId":"Nonsense://acme/Sync"}"#, "ESS-03003", "Nonsense"),
            (#"{"jobDefinitionId":"acme/Sync","schedule":{}}"#, "ESS-04007", ""),
            (
                #"{"jobDefinitionId":"acme/Sync","schedule":{"recurrences":[{"icalString":"FREQ=OFTEN"}]}}"#,
                "ESS-04002", "6"
            ),
            (
                #"{"jobDefinitionId":"acme/Sync","schedule":{"timezone":"Mars/Phobos","recurrences":[{"icalString":"FREQ=DAILY"}]}}"#,
                "ESS-04004", "Mars/Phobos"
            ),
            (
                #"{"jobDefinitionId":"acme/Sync","startTime":"2031-01-02T00:00Z","requestExecutionContext":{"requestId":1,"requestHandle":"h"}}"#,
                "ESS-01024", "startTime"
            ),
            (
                #"{"jobDefinitionId":"acme/Sync","callbackSubscription":{"callbackUrlPrefix":"http://127.0.0.1","callbackResourcePath":"x"}}"#,
                "ESS-02007", "127.0.0.1"
            ),
        ]
    )
    func badInput(body: String, code: String, named: String) async throws {
        let server = try await TestServer()
        let reply = try await server.call(.post, "requests", body: body)
        reply.expectError(400, code)
        #expect(named.isEmpty || reply.member("detail")?.contains(named) == true, "\(reply.text)")
        #expect(try await server.requests().isEmpty)
        try await server.call(.post, "requests", body: TestCatalogue.submission("Sync")).expect(201)
    }

    @Test(
        "What is wrong with the body itself is told before what it names is looked for, and before rights",
        arguments: [
            (#""schedule":{"recurrences":[{"icalString":"FREQ=OFTEN"}]}"#, "ESS-04002"),
            (#""schedule":{"timezone":"Mars/Phobos","recurrences":[{"icalString":"FREQ=DAILY"}]}"#, "ESS-04004"),
            (#""scheduleId":"JobSet://acme/Nightly""#, "ESS-03003"), (#""scheduleId":"Daily""#, "ESS-03002"),
            (#""callbackSubscription":{"callbackUrlPrefix":"ftp://a","callbackResourcePath":"x"}"#, "ESS-02007"),
        ]
    )
    func bodyFirst(member: String, code: String) async throws {
        let server = try await TestServer()
        for (user, definition) in [("anna", "Missing"), ("nina", "Sync")] {
            let body = TestCatalogue.submission(definition, ",\(member)")
            try await server.call(.post, "requests", as: user, body: body).expectError(400, code)
        }
        let context = #","requestExecutionContext":{"requestId":999,"requestHandle":"x"}"#
        if member.hasPrefix(#""callback"#) {
            let body = TestCatalogue.submission("Sync", ",\(member)\(context)")
            try await server.call(.post, "requests", body: body).expectError(400, code)
        }
        #expect(try await server.audit().isEmpty)
    }

    @Test("A window that is over has no occurrence left; an empty Content-Type is none")
    func window() async throws {
        let server = try await TestServer()
        let over = TestCatalogue.submission("Sync", #","endTime":"2030-03-17T17:46:39Z""#)
        try await server.call(.post, "requests", body: over).expectError(400, "ESS-04006")
        #expect(try await server.requests().isEmpty)
        let last = TestCatalogue.submission("Sync", #","endTime":"2030-03-17T17:46:40Z""#)
        let id = try #require(try await server.call(.post, "requests", body: last).member("id"))
        let earlier = #"{"endTime":"2030-03-17T17:46:39Z"}"#
        try await server.call(.patch, "requests/\(id)", body: earlier).expectError(400, "ESS-04006")
        try await server.call(.patch, "requests/\(id)", body: #"{"endTime":"2030-03-17T17:46:41Z"}"#).expect(200)
        let body = TestCatalogue.submission("Sync")
        try await server.call(.post, "requests", body: body, [.contentType: ""]).expect(201)
    }

    @Test("Too many parameters, deep JSON and bytes that are no UTF-8")
    func oversized() async throws {
        let server = try await TestServer(maxBodySize: 1 << 20)
        let parameter = #"{"name":"n","paramType":"STRING","value":"v"}"#
        let many = Array(repeating: parameter, count: 1001).joined(separator: ",")
        let body = #"{"jobDefinitionId":"acme/Sync","requestParameters":[\#(many)]}"#
        let reply = try await server.call(.post, "requests", body: body)
        reply.expectError(400, "ESS-05008")
        #expect(reply.member("detail")?.contains("requestParameters") == true)
        let deep = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        try await server.call(.post, "requests", body: #"{"a":\#(deep)}"#).expectError(400, "ESS-05001")
        let broken = Array(#"{"jobDefinitionId":"acme/"#.utf8) + [0xFF] + Array(#""}"#.utf8)
        try await server.call(.post, "requests", bytes: broken).expectError(400, "ESS-05028")
        #expect(try await server.requests().isEmpty)
    }

    @Test("C17 unknown definitions are 404, those one may not execute 403")
    func rights() async throws {
        let server = try await TestServer()
        let missing = try await server.call(.post, "requests", body: TestCatalogue.submission("Missing"))
        missing.expectError(404, "ESS-03001")
        #expect(missing.member("detail")?.lowercased().contains("not found") == true)
        let denied = try await server.call(.post, "requests", as: "nina", body: TestCatalogue.submission("Sync"))
        denied.expectError(403, "ESS-02002")
        #expect(try await server.requests().isEmpty)
        let record = try #require(try await server.audit().first)
        #expect(record.outcome == .denied && record.errorCode == 2002 && record.targetKind == "JobDefinition")
        #expect(record.entry.principal == "nina" && record.entry.action == "submit")
    }
}
