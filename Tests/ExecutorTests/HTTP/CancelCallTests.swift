import Executors
import SchedulerCore
import Testing

@Suite("The cancel call of an asynchronous job", .timeLimit(.minutes(1)))
struct CancelCallTests {
    private func invocation(_ server: TestServer, _ values: [(String, String?)] = []) -> Invocation {
        let url = "http://127.0.0.1:\(server.port)"
        return Fixture.invocation(
            .http,
            [("SYS_EXT_httpUrl", url), ("SYS_EXT_httpMode", "async"), ("SYS_EXT_httpCancelUrl", "\(url)/c")] + values,
            request: { request in
                request.externalID = "job-1"
                request.attempt = 2
                request.cancelCause = .processTimedOut
            }
        )
    }

    @Test("has the body of the specification")
    func body() async throws {
        try await withRemoteJobs { executor, server, _ in
            async let answer = executor.callCancel(invocation(server))
            let exchange = await server.next()
            #expect(exchange.requestLine == "POST /c HTTP/1.1")
            #expect(exchange.header("Content-Type") == "application/json")
            let expected =
                #"{"requestId":7,"requestHandle":"handle-0123456789abcdef","executionAttempt":2,"#
                + #""externalId":"job-1","reason":"PROCESS_TIMED_OUT"}"#
            #expect(exchange.body == expected)
            try await exchange.reply(202)
            #expect(await answer == .answered)
        }
    }

    @Test(
        "is over with a 2xx or 4xx, and ends the attempt only by an execution status",
        arguments: [
            (200, "", .answered), (204, "", .answered), (404, "gone", .answered), (429, "", .answered),
            (200, #"{"executionStatus":"NOPE"}"#, .answered),
            (200, #"{"executionStatus":"CANCEL","statusMessage":"stopped"}"#, .reported(.cancel, text: "stopped")),
            (409, #"{"executionStatus":"SUCCESS"}"#, .reported(.success, text: nil)),
            (200, #"{"executionStatus":"UPDATE"}"#, .reported(.update, text: nil)),
            (302, "", .failed("The cancel call was answered with HTTP status 302.")),
            (500, #"{"executionStatus":"CANCEL"}"#, .failed("The cancel call was answered with HTTP status 500.")),
        ] as [(Int, String, CancelCallAnswer)]
    )
    func answers(_ status: Int, _ body: String, _ expected: CancelCallAnswer) async throws {
        try await withRemoteJobs { executor, server, _ in
            async let answer = executor.callCancel(invocation(server))
            try await server.next().reply(status, body: body)
            #expect(await answer == expected)
        }
    }

    @Test("is not made, nor asked for again, where none is defined")
    func undefined() async throws {
        try await withRemoteJobs { executor, server, _ in
            let url = "http://127.0.0.1:\(server.port)"
            let values = [("SYS_EXT_httpUrl", url), ("SYS_EXT_cancelMessage", "<only/>")]
            let invocation = Fixture.invocation(.http, values.map { ($0.0, Optional($0.1)) })
            #expect(await executor.callCancel(invocation) == .answered)
            #expect(server.pending == 0)
        }
    }

    @Test("fails after the configured limit, not the job's own")
    func timeout() async throws {
        try await withRemoteJobs { executor, server, clock in
            async let answer = executor.callCancel(invocation(server, [("SYS_EXT_httpTimeout", "3000")]))
            #expect(await clock.sleeps.next() == .seconds(60))
            let exchange = await server.next()
            clock.advance(by: .seconds(60))
            #expect(await answer == .failed("The cancel call was not answered within 60 s."))
            try await exchange.closed()
        }
    }

    @Test("fails when nobody listens, or its target is not allowed")
    func unreachable() async throws {
        try await withRemoteJobs { executor, server, _ in
            let denied = Fixture.invocation(
                .http,
                [("SYS_EXT_httpUrl", "http://a.example"), ("SYS_EXT_httpCancelUrl", "http://169.254.169.254/latest")]
            )
            let text = "Outbound URL http://169.254.169.254 is not allowed: its address is not allowed."
            #expect(await executor.callCancel(denied) == .failed(text))
            try await server.stop()
            let port = server.port
            let refused = "No connection to http://127.0.0.1:\(port): Connection refused."
            #expect(await executor.callCancel(invocation(server)) == .failed(refused))
        }
    }
}
