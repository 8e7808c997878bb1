import Executors
import NIOCore
import SchedulerCore
import Testing

@Suite("The call of a remote job ends", .timeLimit(.minutes(1)))
struct CallEndTests {
    private func invocation(
        _ server: TestServer,
        _ values: [(String, String?)] = [],
        control: InvocationControl = InvocationControl { _ in true }
    ) -> Invocation {
        let url = "http://127.0.0.1:\(server.port)/start"
        return Fixture.invocation(.http, [("SYS_EXT_httpUrl", url)] + values, control: control)
    }

    private func text(_ result: InvocationResult) -> String? {
        guard case .ended(.systemError(.processSystemError, let text, _, nil)) = result else { return nil }
        return text
    }

    @Test(
        "with a SYSTEM error after SYS_EXT_httpTimeout, its connection closed",
        arguments: [
            "sync", "async", "oneway",
        ]
    )
    func timeout(_ mode: String) async throws {
        try await withRemoteJobs { executor, server, clock in
            let values = [("SYS_EXT_httpMode", mode), ("SYS_EXT_httpTimeout", "2.5")]
            async let result = executor.execute(invocation(server, values.map { ($0.0, Optional($0.1)) }))
            #expect(await clock.sleeps.next() == .milliseconds(2500))
            let exchange = await server.next()
            clock.advance(by: .milliseconds(2500))
            #expect(text(await result) == "The call was not answered within 2.500 s.")
            try await exchange.closed()
        }
    }

    @Test("with the configured limit where the job has none")
    func defaultTimeout() async throws {
        try await withRemoteJobs { executor, server, clock in
            async let result = executor.execute(invocation(server))
            #expect(await clock.sleeps.next() == .seconds(60))
            _ = await server.next()
            clock.advance(by: .seconds(60))
            #expect(text(await result) == "The call was not answered within 60 s.")
        }
    }

    @Test("with that limit even while a slow body still drips")
    func slowBody() async throws {
        try await withRemoteJobs { executor, server, clock in
            async let result = executor.execute(invocation(server))
            let exchange = await server.next()
            try await exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\"")
            _ = await clock.sleeps.next()
            clock.advance(by: .seconds(59))
            try await exchange.write(":1")
            clock.advance(by: .seconds(1))
            #expect(text(await result) == "The call was not answered within 60 s.")
            try await exchange.closed()
        }
    }

    @Test("with a SYSTEM error when no answer comes, or half of one")
    func brokenAnswers() async throws {
        try await withRemoteJobs { executor, server, _ in
            let answers = [
                "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "no HTTP at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
            ]
            for answer in answers {
                async let result = executor.execute(invocation(server))
                let exchange = await server.next()
                if !answer.isEmpty { try await exchange.write(answer) }
                try? await exchange.close()
                #expect(text(await result) != nil, "\(answer)")
            }
        }
    }

    @Test("well when the other side closes its half behind an answer of unknown length")
    func halfClose() async throws {
        try await withRemoteJobs { executor, server, _ in
            async let result = executor.execute(invocation(server))
            let exchange = await server.next()
            try await exchange.write("HTTP/1.1 200 OK\r\n\r\n{\"executionStatus\":\"WARNING\"}")
            try await exchange.closeOutput()
            #expect(await result == .ended(.warning(text: nil)))
        }
    }

    @Test("well for a one-way job whose answer breaks off behind its status")
    func onewayBreaks() async throws {
        try await withRemoteJobs { executor, server, _ in
            async let result = executor.execute(invocation(server, [("SYS_EXT_httpMode", "oneway")]))
            let exchange = await server.next()
            try await exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            try await exchange.close()
            #expect(await result == .ended(.success))
        }
    }

    @Test("with a SYSTEM error when nobody listens")
    func refused() async throws {
        try await withRemoteJobs { executor, server, _ in
            let port = server.port
            try await server.stop()
            let message = text(await executor.execute(invocation(server)))
            #expect(message == "No connection to http://127.0.0.1:\(port): Connection refused.")
        }
    }

    @Test("by the server when a synchronous job is stopped: connection closed, cancel call once")
    func stopSynchronous() async throws {
        try await withRemoteJobs { executor, server, clock in
            let control = InvocationControl { _ in true }
            let cancelURL = "http://127.0.0.1:\(server.port)/cancel"
            let values = [("SYS_EXT_httpCancelUrl", cancelURL), ("SYS_EXT_httpHeaders", "X-Key: 1")]
            let invocation = invocation(server, values.map { ($0.0, Optional($0.1)) }, control: control)
            async let result = executor.execute(invocation)
            let start = await server.next()
            control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            try await start.closed()
            let cancel = await server.next()
            #expect(cancel.requestLine == "POST /cancel HTTP/1.1")
            #expect(cancel.header("Idempotency-Key") == "7-1-0-cancel" && cancel.header("X-Key") == "1")
            let expected =
                #"{"requestId":7,"requestHandle":"handle-0123456789abcdef","executionAttempt":1,"#
                + #""reason":"OPERATOR_CANCEL"}"#
            #expect(cancel.body == expected)
            // A failing cancel call is not repeated.
            try await cancel.reply(503)
            #expect(await result == .endedByServer)
            #expect(server.pending == 0)
            #expect(clock.sleeps.pending.contains(.seconds(10)))
        }
    }

    @Test("by the server within the grace although the cancel call hangs")
    func cancelCallHangs() async throws {
        try await withRemoteJobs { executor, server, clock in
            let control = InvocationControl { _ in true }
            let cancelURL = "http://127.0.0.1:\(server.port)/cancel"
            let invocation = invocation(server, [("SYS_EXT_httpCancelUrl", cancelURL)], control: control)
            async let result = executor.execute(invocation)
            _ = await server.next()
            _ = await clock.sleeps.next()
            control.stop(StopDemand(reason: .timeout, grace: .seconds(3)))
            let cancel = await server.next()
            #expect(cancel.body.contains(#""reason":"PROCESS_TIMED_OUT""#))
            #expect(await clock.sleeps.next() == .seconds(3))
            clock.advance(by: .seconds(3))
            #expect(await result == .endedByServer)
            try await cancel.closed()
        }
    }

    @Test("by the server without a cancel call when the node stops, or when none is defined")
    func stopWithoutCancelCall() async throws {
        try await withRemoteJobs { executor, server, _ in
            let cancelURL = "http://127.0.0.1:\(server.port)/cancel"
            for (reason, url) in [(StopReason.nodeStopping, cancelURL), (.cancel, nil)] {
                let control = InvocationControl { _ in true }
                let invocation = invocation(server, [("SYS_EXT_httpCancelUrl", url)], control: control)
                async let result = executor.execute(invocation)
                let start = await server.next()
                control.stop(StopDemand(reason: reason, grace: .seconds(3)))
                #expect(await result == .endedByServer)
                try await start.closed()
                #expect(server.pending == 0)
            }
        }
    }

    @Test("before it began when the stop came first")
    func stopBeforeStart() async throws {
        try await withRemoteJobs { executor, server, _ in
            let control = InvocationControl { _ in true }
            control.stop(StopDemand(reason: .cancel, grace: .seconds(3)))
            #expect(await executor.execute(invocation(server, control: control)) == .endedByServer)
            #expect(server.pending == 0)
        }
    }

    @Test("for an asynchronous job with the answer that still comes within the grace")
    func stopAsynchronousAnswered() async throws {
        try await withRemoteJobs { executor, server, clock in
            let control = InvocationControl { _ in true }
            async let result = executor.execute(
                invocation(server, [("SYS_EXT_httpMode", "async")], control: control)
            )
            let start = await server.next()
            _ = await clock.sleeps.next()
            control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            #expect(await clock.sleeps.next() == .seconds(10))
            try await start.reply(202, body: #"{"externalId":"x"}"#)
            #expect(await result == .waiting(externalID: "x"))
        }
    }

    @Test("for an asynchronous job by the server when the grace is over, the job told once")
    func stopAsynchronousGivenUp() async throws {
        try await withRemoteJobs { executor, server, clock in
            let control = InvocationControl { _ in true }
            let values = [
                ("SYS_EXT_httpMode", "async"), ("SYS_EXT_httpCancelUrl", "http://127.0.0.1:\(server.port)/c"),
            ]
            let invocation = invocation(server, values.map { ($0.0, Optional($0.1)) }, control: control)
            async let result = executor.execute(invocation)
            let start = await server.next()
            _ = await clock.sleeps.next()
            control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            _ = await clock.sleeps.next()
            clock.advance(by: .seconds(10))
            try await server.next().reply(200)
            #expect(await result == .endedByServer)
            try await start.closed()
        }
    }

    @Test("I58 at once when the node's fence closes while an answer is awaited for a grace, and nobody is told")
    func fencedDuringGrace() async throws {
        try await withRemoteJobs { executor, server, clock in
            let control = InvocationControl { _ in true }
            let values = [
                ("SYS_EXT_httpMode", "async"), ("SYS_EXT_httpCancelUrl", "http://127.0.0.1:\(server.port)/c"),
            ]
            let invocation = invocation(server, values.map { ($0.0, Optional($0.1)) }, control: control)
            async let result = executor.execute(invocation)
            let start = await server.next()
            _ = await clock.sleeps.next()
            control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            #expect(await clock.sleeps.next() == .seconds(10))
            control.stop(StopDemand(reason: .fenced, grace: .zero))
            #expect(await result == .endedByServer)
            try await start.closed()
            #expect(server.pending == 0)
        }
    }

    @Test("when its task is cancelled")
    func taskCancelled() async throws {
        try await withRemoteJobs { executor, server, _ in
            let invocation = invocation(server)
            let result = await withTaskGroup(of: InvocationResult.self) { group in
                group.addTask { await executor.execute(invocation) }
                let start = await server.next()
                group.cancelAll()
                try? await start.closed()
                return await group.next()
            }
            #expect(result == .endedByServer)
        }
    }

    @Test("and the next call uses its connection again")
    func pooling() async throws {
        try await withRemoteJobs { executor, server, _ in
            async let first = executor.execute(invocation(server))
            let one = await server.next()
            try await one.reply(200)
            _ = await first
            async let second = executor.execute(invocation(server))
            let two = await server.next()
            try await two.reply(200)
            _ = await second
            #expect(ObjectIdentifier(one.channel) == ObjectIdentifier(two.channel))
        }
    }
}
