import Executors
import SchedulerCore
import Testing

@Suite("The call of a remote job", .timeLimit(.minutes(1)))
struct RemoteJobBodyTests {
    @Test("has the exact body of the specification, members in its order, secrets and system properties left out")
    func exactBody() async throws {
        try await withRemoteJobs { executor, server, _ in
            let more = [
                Parameter(name: "password", value: "hidden", isSecret: true),
                Parameter(name: "count", type: .integer, value: "3"),
                Parameter(name: "optional"),
            ]
            let invocation = Fixture.invocation(
                .http,
                [
                    ("SYS_EXT_httpUrl", "http://127.0.0.1:\(server.port)/jobs"),
                    ("SYS_EXT_httpMode", "async"),
                    ("SYS_request_timeout", "60"),
                    ("submit.argument1", "DE \"\\\n\u{1}ü/"),
                ],
                more: more,
                lineage: Fixture.step,
                change: { $0.description = "Nightly" },
                request: { request in
                    request.policy.requestTimeout = .seconds(3600)
                    request.pausedCount = 1
                    request.pausedState = "page 2"
                }
            )
            async let result = executor.execute(invocation)
            let exchange = await server.next()
            #expect(exchange.requestLine == "POST /jobs HTTP/1.1")
            let expected =
                #"{"requestId":7,"absParentRequestId":5,"parentRequestId":5,"stepId":"load","#
                + #""requestHandle":"handle-0123456789abcdef","#
                + #""requestExecutionContext":"7,handle-0123456789abcdef","executionAttempt":1,"pausedCount":1,"#
                + #""pausedState":"page 2","jobDefinitionId":"JobDefinition://acme/gl/PostLedger","#
                + #""application":"AcmeEss","description":"Nightly","submitter":"anna","runAsUser":"anna","#
                + #""priority":4,"scheduledTime":"2027-03-01T05:30:00.000Z","requestTimeout":60,"#
                + #""requestLogLevel":"INFO","mode":"async","parameters":["#
                + #"{"name":"submit.argument1","paramType":"STRING","value":"DE \"\\\n\u0001ü/"},"#
                + #"{"name":"count","paramType":"INTEGER","value":"3"},{"name":"optional","paramType":"STRING"}],"#
                + #""executionStatusUrl":"https://sched.example.org/ess/rest/scheduler/v1/requests/7/executionStatus","#
                + #""checkInUrl":"https://sched.example.org/ess/rest/scheduler/v1/requests/7/checkInCancelling","#
                + #""submitUrl":"https://sched.example.org/ess/rest/scheduler/v1/requests"}"#
            #expect(exchange.body == expected)
            try await exchange.reply(202, body: #"{"externalId":"job-1"}"#)
            #expect(await result == .waiting(externalID: "job-1"))
        }
    }

    @Test("leaves absent members out")
    func absentMembers() async throws {
        try await withRemoteJobs { executor, server, _ in
            let url = "http://127.0.0.1:\(server.port)"
            async let result = executor.execute(Fixture.invocation(.http, [("SYS_EXT_httpUrl", url)]))
            let exchange = await server.next()
            #expect(exchange.requestLine == "POST / HTTP/1.1")
            for name in ["parentRequestId", "stepId", "pausedState", "description", "requestTimeout", "subRequests"] {
                #expect(!exchange.body.contains("\"\(name)\""))
            }
            #expect(exchange.body.contains(#""pausedCount":0,"#))
            #expect(exchange.body.contains(#""mode":"sync","parameters":[],"#))
            try await exchange.reply(200)
            #expect(await result == .ended(.success))
        }
    }

    @Test("has the server's headers, which a definition may replace and add to")
    func headers() async throws {
        try await withRemoteJobs { executor, server, _ in
            let lines = "X-Ledger: ${ESS_REQ:submit.argument1}\r\n\n  accept:  text/plain  \nX-Ledger: two"
            let invocation = Fixture.invocation(
                .http,
                [
                    ("SYS_EXT_httpUrl", "http://127.0.0.1:\(server.port)/"),
                    ("SYS_EXT_httpHeaders", lines),
                    ("submit.argument1", "DE"),
                ],
                change: { $0.trace = "0af7651916cd43dd8448eb211c80319c" },
                request: { request in
                    request.attempt = 2
                    request.pausedCount = 3
                }
            )
            async let result = executor.execute(invocation)
            let exchange = await server.next()
            #expect(exchange.header("Content-Type") == "application/json")
            #expect(exchange.headers.filter { $0.name.lowercased() == "accept" }.map(\.value) == ["text/plain"])
            #expect(exchange.header("Idempotency-Key") == "7-2-3")
            let trace = try #require(exchange.header("traceparent"))
            #expect(trace.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-") && trace.hasSuffix("-01"))
            #expect(trace.utf8.count == 55)
            #expect(exchange.headers.filter { $0.name == "X-Ledger" }.map(\.value) == ["DE", "two"])
            #expect(exchange.header("Host") == "127.0.0.1:\(server.port)")
            try await exchange.reply(204)
            #expect(await result == .ended(.success))
        }
    }

    @Test("is signed where there is a key, over the body as it is sent, unless a definition signs it")
    func signature() async throws {
        let key = Array("shared with the receiver".utf8)
        try await withRemoteJobs(settings: Fixture.settings(signingKey: key)) { executor, server, clock in
            let url = ("SYS_EXT_httpUrl", "http://127.0.0.1:\(server.port)/")
            for (own, method) in [(nil, "POST"), (nil, "GET"), ("v0", "POST")] as [(String?, String)] {
                let header = own.map { ("SYS_EXT_httpHeaders", "escapement-signature: \($0)") }
                let invocation = Fixture.invocation(
                    .http,
                    [url, ("SYS_EXT_httpMethod", method)] + [header].compactMap { $0 }
                )
                async let result = executor.execute(invocation)
                let exchange = await server.next()
                let expected =
                    own ?? DeliverySignature.value(of: Array(exchange.body.utf8), key: key, now: clock.now())
                #expect(exchange.header(DeliverySignature.header) == expected)
                #expect(exchange.headers.count { $0.name.lowercased() == "escapement-signature" } == 1)
                try await exchange.reply(200)
                #expect(await result == .ended(.success))
            }
        }
    }

    @Test(
        "is not made when a header would break out of its line or steer the connection",
        arguments: [
            ("X-A: ${ESS_REQ:evil}", "holds a control character"),
            ("no colon", "is not “Name: value”"),
            ("bad name: x", "does not begin with the name"),
            ("Content-Length: 3", "may not set Content-Length"),
            ("transfer-encoding: chunked", "may not set transfer-encoding"),
            ("X-A: ${ESS_REQ:missing}", "${ESS_REQ:missing} has no value"),
            ("X-A: ${NOPE:x}", "${NOPE:x} (ESS-05026)"),
        ]
    )
    func refusedHeaders(_ line: String, _ reason: String) async throws {
        try await withRemoteJobs { executor, server, _ in
            let invocation = Fixture.invocation(
                .http,
                [
                    ("SYS_EXT_httpUrl", "http://127.0.0.1:\(server.port)/"),
                    ("SYS_EXT_httpHeaders", line),
                    ("evil", "x\r\nX-Admin: yes"),
                ]
            )
            let result = await executor.execute(invocation)
            guard case .ended(.systemError(.processSystemError, let text, _, _)) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(text.contains(reason))
            #expect(server.pending == 0)
        }
    }

    @Test("takes a body of the definition, whose tokens become the inside of JSON strings")
    func ownBody() async throws {
        try await withRemoteJobs { executor, server, _ in
            let invocation = Fixture.invocation(
                .http,
                [
                    ("SYS_EXT_httpMethod", "PUT"),
                    ("SYS_EXT_httpUrl", "http://127.0.0.1:\(server.port)/a/${ESS_REQ:x}?q=${ESS_REQ:x}&e=${APP_ENV:e}"),
                    ("SYS_EXT_httpBody", #"{"x":"${ESS_REQ:x}","literal":"$${x}","secret":"${SECRET:s}"}"#),
                    ("x", #"a/b?"\ü"#),
                ]
            )
            async let result = executor.execute(invocation)
            let exchange = await server.next()
            #expect(exchange.requestLine == "PUT /a/a%2Fb%3F%22%5C%C3%BC?q=a%2Fb%3F%22%5C%C3%BC&e=1/2 HTTP/1.1")
            #expect(exchange.body == #"{"x":"a/b?\"\\ü","literal":"${x}","secret":"geheim"}"#)
            try await exchange.reply(200)
            #expect(await result == .ended(.success))
        } tokens: {
            $0.source == .secret ? "geheim" : "1/2"
        }
    }

    @Test("is a GET without body where the definition says so")
    func get() async throws {
        try await withRemoteJobs { executor, server, _ in
            let url = "http://127.0.0.1:\(server.port)/status"
            let invocation = Fixture.invocation(
                .http,
                [("SYS_EXT_httpUrl", url), ("SYS_EXT_httpMethod", "get"), ("SYS_EXT_httpBody", "{}")]
            )
            async let result = executor.execute(invocation)
            let exchange = await server.next()
            #expect(exchange.requestLine == "GET /status HTTP/1.1")
            #expect(exchange.body.isEmpty && exchange.header("Content-Length") == nil)
            try await exchange.reply(200)
            #expect(await result == .ended(.success))
        }
    }

    @Test(
        "is not made with settings that make no sense",
        arguments: [
            [("SYS_EXT_httpUrl", "")], [("SYS_EXT_httpMethod", "CONNECT")], [("SYS_EXT_httpMethod", "A B")],
            [("SYS_EXT_httpMode", "later")], [("SYS_EXT_httpTimeout", "0")], [("SYS_EXT_httpTimeout", "soon")],
            [("SYS_EXT_httpTimeout", "nan")], [("SYS_EXT_httpUrl", "ftp://127.0.0.1/")],
            [("SYS_EXT_httpUrl", "http://u:p@127.0.0.1/")], [("SYS_EXT_httpUrl", "http://127.0.0.1/${ESS_REQ:dots}")],
        ]
    )
    func senselessSettings(_ changed: [(String, String)]) async throws {
        try await withRemoteJobs { executor, server, _ in
            let values = [("SYS_EXT_httpUrl", "http://127.0.0.1:\(server.port)/"), ("dots", "..")] + changed
            let result = await executor.execute(Fixture.invocation(.http, values.map { ($0.0, Optional($0.1)) }))
            guard case .ended(.systemError(.processSystemError, let text, _, nil)) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(!text.isEmpty && !text.contains("u:p"))
            #expect(server.pending == 0)
        }
    }
}
