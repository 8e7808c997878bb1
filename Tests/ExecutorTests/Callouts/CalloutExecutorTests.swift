import Executors
import SchedulerCore
import Testing

/// A callout whose code is the test's.
private struct ScriptedCallout: SwiftCallout {
    @TaskLocal static var script: @Sendable (SwiftJobContext, SwiftCalloutMoment) async throws -> SwiftCalloutAnswer =
        { _, _ in .proceed }

    func call(_ context: SwiftJobContext, _ moment: SwiftCalloutMoment) async throws -> SwiftCalloutAnswer {
        try await Self.script(context, moment)
    }
}

private struct AnyFailure: Error, CustomStringConvertible {
    var description: String { "the disk is full" }
}

@Suite("A callout", .timeLimit(.minutes(1)))
struct CalloutExecutorTests {
    private func run(
        _ body: (CalloutExecutor, TestServer, TestClock) async throws -> Void
    ) async throws {
        let server = try await TestServer.start()
        let caller = OutboundCaller(settings: { Fixture.settings() }, resolver: NoNames())
        let clock = TestClock()
        var registry = SwiftJobRegistry()
        registry.register(callout: ScriptedCallout.self, as: "Scripted")
        let services = SwiftJobServices(
            content: RecordingContent(),
            reporting: RecordingReports(),
            subRequests: RecordingSubRequests(),
            time: clock,
            logger: silentLogger
        )
        let swift = SwiftJobExecutor(registry: registry, services: services)
        let executor = CalloutExecutor(caller: caller, swift: swift, time: clock)
        do {
            try await body(executor, server, clock)
        } catch {
            await caller.shutdown()
            throw error
        }
        await caller.shutdown()
        try await server.stop()
    }

    private func invocation(
        _ callout: Callout,
        _ value: String?,
        control: InvocationControl = InvocationControl { _ in true }
    ) -> Invocation {
        Fixture.invocation(
            .process,
            [(callout.property, value), ("submit.argument1", "DE"), ("SYS_cmdLine", "/bin/true")],
            control: control,
            request: { request in
                request.epoch = AttemptEpoch(41)
                request.executableState = callout == .postProcess ? .warning : nil
            }
        )
    }

    private func url(_ server: TestServer) -> String { "http://127.0.0.1:\(server.port)/callout" }

    @Test("posts the JSON of a job with handler and outcome, and no system property")
    func call() async throws {
        try await run { executor, server, _ in
            async let result = executor.call(.postProcess, invocation(.postProcess, url(server)))
            let exchange = await server.next()
            #expect(exchange.requestLine == "POST /callout HTTP/1.1")
            #expect(exchange.header("Content-Type") == "application/json")
            #expect(exchange.header("Idempotency-Key") == "7-1-0-postProcess-41")
            #expect(exchange.body.contains(#""handler":"postProcess","executableState":"WARNING"}"#))
            #expect(exchange.body.contains(#""requestId":7"#) && exchange.body.contains("submit.argument1"))
            #expect(!exchange.body.contains("SYS_"))
            try await exchange.reply(204)
            #expect(await result == .answered(.proceed))
            async let before = executor.call(.preProcess, invocation(.preProcess, url(server)))
            let first = await server.next()
            #expect(first.body.contains(#""handler":"preProcess"}"#))
            try await first.reply(200, body: " \r\n")
            #expect(await before == .answered(.proceed))
        }
    }

    @Test(
        "understands every status",
        arguments: [
            (#"{"status":"PROCEED"}"#, CalloutAnswer.proceed),
            (#"{"status":"WARN","message":"odd"}"#, .warn(text: "odd")), (#"{"status":"WARN"}"#, .warn(text: nil)),
            (#"{"status":"DELAY","delayMinutes":3,"message":"busy"}"#, .delay(.seconds(180), text: "busy")),
            (#"{"status":"DELAY"}"#, .delay(nil, text: nil)), (#"{"status":"CANCEL"}"#, .cancel(text: nil)),
            (#"{"status":"BIZ_ERROR","message":"no"}"#, .businessError(text: "no")),
            (#"{"status":"SYSTEM_ERROR","message":"down"}"#, .systemError(text: "down")),
        ]
    )
    func statuses(body: String, answer: CalloutAnswer) async throws {
        try await run { executor, server, _ in
            async let result = executor.call(.preProcess, invocation(.preProcess, url(server)))
            try await server.next().reply(200, body: body)
            #expect(await result == .answered(answer))
        }
    }

    @Test(
        "has failed where the answer is anything else",
        arguments: [
            (200, "PROCEED"), (200, "{}"), (200, "[]"), (200, #"{"status":"proceed"}"#), (200, #"{"status":1}"#),
            (200, #"{"status":"DELAY","delayMinutes":-1}"#), (200, #"{"status":"DELAY","delayMinutes":99999999}"#),
            (200, #"{"status":"DELAY","delayMinutes":"3"}"#), (302, ""), (404, "nothing here"), (500, ""),
        ]
    )
    func failures(status: Int, body: String) async throws {
        try await run { executor, server, _ in
            async let result = executor.call(.preProcess, invocation(.preProcess, url(server)))
            try await server.next().reply(status, body: body)
            guard case .answered(.failed(let text)) = await result else {
                Issue.record("no failure")
                return
            }
            #expect(!text.isEmpty)
        }
    }

    @Test("has failed without connection, beyond the limit of calls, and where nothing is registered")
    func unreachable() async throws {
        try await run { executor, server, clock in
            async let late = executor.call(.preProcess, invocation(.preProcess, url(server)))
            #expect(await clock.sleeps.next() == .seconds(60))
            let exchange = await server.next()
            clock.advance(by: .seconds(60))
            #expect(await late == .answered(.failed(text: "The callout was not answered within 60 s.")))
            try await exchange.closed()
            for target in ["https://10.0.0.1/x", "http://nowhere.example/", "Unknown", nil] {
                let result = await executor.call(.preProcess, invocation(.preProcess, target))
                guard case .answered(.failed) = result else {
                    Issue.record("\(target ?? "nothing") gave \(result)")
                    continue
                }
            }
        }
    }

    @Test("whose request is cancelled ends at once, its connection closed")
    func stopped() async throws {
        try await run { executor, server, _ in
            let control = InvocationControl { _ in true }
            async let result = executor.call(.preProcess, invocation(.preProcess, url(server), control: control))
            let exchange = await server.next()
            control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            #expect(await result == .endedByServer)
            try await exchange.closed()
            #expect(
                await executor.call(.preProcess, invocation(.preProcess, url(server), control: control))
                    == .endedByServer
            )
        }
    }

    @Test("may be a Swift type: what it returns and throws are its answers")
    func swiftType() async throws {
        try await run { executor, _, _ in
            func answer(
                _ script: @escaping @Sendable (SwiftJobContext, SwiftCalloutMoment) async throws -> SwiftCalloutAnswer
            ) async -> CalloutResult {
                await ScriptedCallout.$script.withValue(script) {
                    await executor.call(.postProcess, invocation(.postProcess, "Scripted"))
                }
            }
            let informed = await answer { context, moment in
                let isRight = moment == .afterExecutable(warned: true) && context.requestID == 7
                return isRight && context.parameter("submit.argument1") == "DE" ? .proceed : .cancel(nil)
            }
            #expect(informed == .answered(.proceed))
            let delayed = await answer { _, _ in .delay(minutes: 2, "busy") }
            #expect(delayed == .answered(.delay(.seconds(120), text: "busy")))
            let undated = await answer { _, _ in .delay(minutes: nil, nil) }
            #expect(undated == .answered(.delay(nil, text: nil)))
            let warned = await answer { _, _ in .warn("odd") }
            #expect(warned == .answered(.warn(text: "odd")))
            let refused = await answer { _, _ in throw BusinessError("no") }
            #expect(refused == .answered(.businessError(text: "no")))
            let cancelled = await answer { _, _ in throw CancellationError() }
            #expect(cancelled == .answered(.cancel(text: nil)))
            let failed = await answer { _, _ in throw AnyFailure() }
            #expect(failed == .answered(.failed(text: "the disk is full")))
        }
    }

    @Test("of a Swift type that does not return is left behind when the grace is over")
    func swiftStopped() async throws {
        try await run { executor, _, clock in
            let control = InvocationControl { _ in true }
            let begun = EventQueue<Void>()
            let gate = EventQueue<Void>()
            await ScriptedCallout.$script.withValue({ _, _ in
                begun.add(())
                await gate.next()
                return .proceed
            }) {
                async let result = executor.call(.preProcess, invocation(.preProcess, "Scripted", control: control))
                await begun.next()
                control.stop(StopDemand(reason: .cancel, grace: .seconds(5)))
                #expect(await clock.sleeps.next() == .seconds(5))
                clock.advance(by: .seconds(5))
                #expect(await result == .endedByServer)
            }
            gate.add(())
        }
    }
}
