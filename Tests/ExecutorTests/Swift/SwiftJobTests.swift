import Executors
import SchedulerCore
import Synchronization
import Testing

/// A job whose code is the test's.
struct ScriptedJob: SwiftJob {
    @TaskLocal static var script: @Sendable (SwiftJobContext) async throws -> SwiftJobResult = { _ in .success }
    @TaskLocal static var hook: @Sendable (SwiftJobContext, String) async throws -> SwiftJobCancelAnswer = { _, _ in
        .told
    }

    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult { try await Self.script(context) }
}

extension ScriptedJob: CancellableSwiftJob {
    func cancel(_ context: SwiftJobContext, reason: String) async throws -> SwiftJobCancelAnswer {
        try await Self.hook(context, reason)
    }
}

/// Counts its instances.
private final class CountingJob: SwiftJob {
    static let instances = Atomic(0)

    init() { Self.instances.add(1, ordering: .relaxed) }

    func run(_ context: SwiftJobContext) async throws -> SwiftJobResult { .success }
}

private struct AnyFailure: Error, CustomStringConvertible {
    var description: String { "the disk is full" }
}

@Suite("A Swift job", .timeLimit(.minutes(1)))
struct SwiftJobTests {
    private let clock = TestClock()
    private let content = RecordingContent()
    private let reports = RecordingReports(cancelling: true)

    private func makeExecutor(content: RecordingContent? = nil, tokens: TokenResolver = TokenResolver())
        -> SwiftJobExecutor
    {
        var registry = SwiftJobRegistry.samples
        registry.register(ScriptedJob.self, as: "Scripted")
        registry.register(CountingJob.self, as: "Counting")
        let services = SwiftJobServices(
            content: content ?? self.content,
            reporting: reports,
            subRequests: RecordingSubRequests(),
            time: clock,
            logger: silentLogger
        )
        return SwiftJobExecutor(registry: registry, services: services, tokens: tokens)
    }

    private func invocation(
        _ className: String? = "Scripted",
        _ values: [(String, String?)] = [],
        more: [Parameter] = [],
        control: InvocationControl = InvocationControl { _ in true },
        request: (inout JobRequest) -> Void = { _ in }
    ) -> Invocation {
        Fixture.invocation(
            .swift,
            [("SYS_className", className)] + values,
            more: more,
            control: control,
            request: request
        )
    }

    private func run(
        _ invocation: Invocation,
        with executor: SwiftJobExecutor? = nil,
        _ script: @escaping @Sendable (SwiftJobContext) async throws -> SwiftJobResult
    ) async -> InvocationResult {
        await ScriptedJob.$script.withValue(script) {
            await (executor ?? makeExecutor()).execute(invocation)
        }
    }

    @Test("ends as it returns or throws")
    func endings() async throws {
        let returned: [(SwiftJobResult, InvocationResult)] = [
            (.success, .ended(.success)), (.warning("w"), .ended(.warning(text: "w"))),
            (.paused(state: "s"), .ended(.paused(state: "s"))), (.waiting(externalID: "x"), .waiting(externalID: "x")),
        ]
        for (result, expected) in returned { #expect(await run(invocation()) { _ in result } == expected) }
        let thrown: [(any Error, InvocationResult)] = [
            (BusinessError("b"), .ended(.businessError(text: "b"))),
            (ManualRecovery("m"), .ended(.manualRecovery(text: "m"))),
            (CancellationError(), .ended(.cancelled(text: nil))),
            (AnyFailure(), .ended(.systemError("the disk is full"))),
        ]
        for (error, expected) in thrown { #expect(await run(invocation()) { _ in throw error } == expected) }
    }

    @Test("gets facts and parameters, tokens replaced")
    func context() async throws {
        let invocation = invocation(
            "Scripted",
            [("a", "${ESS_REQ:submitter}-$${x}"), ("declared", nil), ("s", "${SECRET:s}")],
            request: { request in
                request.attempt = 2
                request.pausedCount = 1
                request.pausedState = "page 2"
                request.externalID = "x"
            }
        )
        let executor = makeExecutor(tokens: TokenResolver { _, _ in "geheim" })
        let result = await run(invocation, with: executor) { context in
            #expect(context.requestID == 7 && context.absParentRequestID == 7 && context.parentRequestID == nil)
            #expect(context.executionAttempt == 2 && context.pausedCount == 1 && context.pausedState == "page 2")
            #expect(context.externalID == "x" && context.requestHandle == Fixture.handle)
            #expect(context.jobDefinitionID == "JobDefinition://acme/gl/PostLedger")
            #expect(context.application == "AcmeEss" && context.submitter == "anna" && context.runAsUser == "anna")
            #expect(context.scheduledTime == "2027-03-01T05:30:00.000Z" && context.baseURL == Fixture.baseURL)
            #expect(
                context.parameters == [
                    SwiftJobParameter(name: "a", value: "anna-${x}"), SwiftJobParameter(name: "declared", value: nil),
                    SwiftJobParameter(name: "s", value: "geheim"),
                ]
            )
            #expect(context.parameter("SYS_className") == "Scripted" && context.parameter("declared") == nil)
            #expect(!context.isCancelled)
            return .success
        }
        #expect(result == .ended(.success))
    }

    @Test("is not run with an unknown class, or a token without value")
    func notRun() async throws {
        for (name, shown) in [("Nope", "Nope"), (nil, "")] {
            let text = "There is no Swift job of the class name “\(shown)”."
            #expect(await makeExecutor().execute(invocation(name)) == .ended(.systemError(text)))
        }
        let result = await run(invocation("Scripted", [("a", "${APP_ENV:x}")])) { _ in
            Issue.record("it ran")
            return .success
        }
        #expect(result == .ended(.systemError("The token ${APP_ENV:x} has no value.")))
        #expect(await makeExecutor().callCancel(invocation("NoOp")) == .answered)
    }

    @Test("is a new instance each time")
    func instances() async throws {
        let executor = makeExecutor()
        for _ in 0..<3 { _ = await executor.execute(invocation("Counting")) }
        #expect(CountingJob.instances.load(ordering: .relaxed) == 3)
    }

    @Test("writes log lines from the level asked for, and outputs")
    func logAndOutputs() async throws {
        let result = await run(invocation("Scripted", [("SYS_EXT_requestLogLevel", "WARNING")])) { context in
            context.log("dropped")
            context.log("kept", level: .warning)
            try context.writeOutput([1, 2], name: "a.bin")
            return .success
        }
        #expect(result == .ended(.success))
        #expect(content.lines == ["7 WARNING kept"])
        #expect(content.outputs == ["a.bin": [1, 2]])
    }

    @Test("goes on when its log cannot be written, but is told of an output")
    func failingContent() async throws {
        let executor = makeExecutor(content: RecordingContent(fails: true))
        let result = await run(invocation(), with: executor) { context in
            context.log("lost")
            #expect(throws: RecordingContent.Failure.self) { try context.writeOutput([], name: "a") }
            return .success
        }
        #expect(result == .ended(.success))
    }

    @Test("checks in by its handle")
    func checkIn() async throws {
        let result = await run(invocation()) { context in
            try await context.checkIn() ? .warning("cancelling") : .success
        }
        #expect(result == .ended(.warning(text: "cancelling")))
        #expect(await reports.checkIns.next() == "7 \(Fixture.handle)")
    }

    @Test("that heeds the stop demand ends by its own return", arguments: StopReason.allCases)
    func heedsStop(_ reason: StopReason) async throws {
        let control = InvocationControl { _ in true }
        let sleeping = invocation(control: control)
        async let result = run(sleeping) { context in
            do {
                try await context.sleep(for: .seconds(100))
                return .success
            } catch {
                #expect(context.isCancelled && Task.isCancelled)
                return .warning("stopped early")
            }
        }
        _ = await clock.sleeps.next()
        control.stop(StopDemand(reason: reason, grace: .seconds(10)))
        #expect(await result == .ended(.warning(text: "stopped early")))
    }

    @Test("that throws CancellationError after the demand was ended by the server", arguments: StopReason.allCases)
    func throwsAfterStop(_ reason: StopReason) async throws {
        let control = InvocationControl { _ in true }
        let sleeping = invocation("Sleep", [("submit.argument1", "100")], control: control)
        let executor = makeExecutor()
        async let result = executor.execute(sleeping)
        #expect(await clock.sleeps.next() == .seconds(100))
        control.stop(StopDemand(reason: reason, grace: .seconds(10)))
        #expect(await result == .endedByServer)
        #expect(executor.fenced.total == 0)
    }

    @Test("that does not return within the grace is fenced: what it still does is ignored and counted")
    func fenced() async throws {
        let executor = makeExecutor()
        let control = InvocationControl { _ in true }
        let release = EventQueue<Void>()
        let left = EventQueue<[Bool]>()
        let started = EventQueue<Void>()
        let stubborn = invocation(control: control)
        async let result = run(stubborn, with: executor) { context in
            context.log("begun")
            started.add(())
            await release.next()
            context.log("too late")
            let wasWritten = (try? context.writeOutput([1], name: "late")) != nil
            let checkIn = try? await context.checkIn()
            left.add([!wasWritten, checkIn == true, context.isCancelled])
            return .success
        }
        await started.next()
        control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
        #expect(await clock.sleeps.next() == .seconds(10))
        #expect(executor.fenced.running == 0)
        clock.advance(by: .seconds(10))
        #expect(await result == .endedByServer)
        #expect(executor.fenced.running == 1 && executor.fenced.total == 1)
        release.add(())
        #expect(await left.next() == [true, true, true])
        #expect(content.lines == ["7 INFO begun"] && content.outputs.isEmpty)
        #expect(reports.checkIns.pending.isEmpty)
        while executor.fenced.running > 0 { await Task.yield() }
        #expect(executor.fenced.total == 1)
    }

    @Test("I58 is fenced at once when the node's fence closes during the grace of a cancel")
    func fencedDuringGrace() async throws {
        let executor = makeExecutor()
        let started = EventQueue<Void>()
        let release = EventQueue<Void>()
        let control = InvocationControl { _ in true }
        let stubborn = invocation(control: control)
        async let result = run(stubborn, with: executor) { _ in
            started.add(())
            await release.next()
            return .success
        }
        await started.next()
        control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
        #expect(await clock.sleeps.next() == .seconds(10))
        control.stop(StopDemand(reason: .fenced, grace: .zero))
        #expect(await result == .endedByServer)
        #expect(executor.fenced.total == 1)
        release.add(())
    }

    @Test("gets no time with a grace of nothing, and none if the stop came first")
    func noGrace() async throws {
        let executor = makeExecutor()
        let started = EventQueue<Void>()
        let release = EventQueue<Void>()
        let control = InvocationControl { _ in true }
        let stubborn = invocation(control: control)
        async let result = run(stubborn, with: executor) { _ in
            started.add(())
            await release.next()
            return .success
        }
        await started.next()
        control.stop(StopDemand(reason: .nodeStopping, grace: .zero))
        #expect(await result == .endedByServer)
        release.add(())
        #expect(await run(stubborn) { _ in .success } == .endedByServer)
    }

    @Test("does not keep its executor when that one's task is cancelled")
    func taskCancelled() async throws {
        let executor = makeExecutor()
        let started = EventQueue<Void>()
        let release = EventQueue<Void>()
        let stubborn = invocation()
        let result = await withTaskGroup(of: InvocationResult.self) { group in
            group.addTask {
                await run(stubborn, with: executor) { _ in
                    started.add(())
                    await release.next()
                    return .success
                }
            }
            await started.next()
            group.cancelAll()
            return await group.next()
        }
        #expect(result == .endedByServer)
        #expect(executor.fenced.total == 1)
        release.add(())
    }

    @Test("that waits keeps its context for the work in the background")
    func waitingKeepsContext() async throws {
        let kept = EventQueue<SwiftJobContext>()
        #expect(
            await run(invocation()) { context in
                kept.add(context)
                return .waiting(externalID: nil)
            } == .waiting(externalID: nil)
        )
        let context = await kept.next()
        context.log("still at it")
        #expect(content.lines == ["7 INFO still at it"])
        #expect(!context.isCancelled)
    }

    @Test("that has ended can do nothing any more")
    func endedContext() async throws {
        let kept = EventQueue<SwiftJobContext>()
        _ = await run(invocation()) { context in
            kept.add(context)
            return .success
        }
        let context = await kept.next()
        context.log("left behind")
        #expect(content.lines.isEmpty && context.isCancelled)
    }

    @Test("is told of a cancel by its hook")
    func hook() async throws {
        let executor = makeExecutor()
        let cancelled = invocation(request: { $0.externalID = "x" })
        for (answer, expected) in [
            (SwiftJobCancelAnswer.told, CancelCallAnswer.answered), (.cancelled, .reported(.cancel, text: nil)),
        ] {
            let result = await ScriptedJob.$hook.withValue({ context, reason in
                #expect(reason == "OPERATOR_CANCEL" && context.externalID == "x")
                context.log("told")
                return answer
            }) { await executor.callCancel(cancelled) }
            #expect(result == expected)
        }
        #expect(content.lines == ["7 INFO told", "7 INFO told"])
        let failed = await ScriptedJob.$hook.withValue({ _, _ in throw AnyFailure() }) {
            await executor.callCancel(cancelled)
        }
        #expect(failed == .failed("the disk is full"))
    }

    @Test("has a hook that is abandoned after its time")
    func slowHook() async throws {
        let executor = makeExecutor()
        let started = EventQueue<Void>()
        let release = EventQueue<Void>()
        let cancelled = invocation()
        async let answer = ScriptedJob.$hook.withValue({ _, _ in
            started.add(())
            await release.next()
            return .told
        }) { await executor.callCancel(cancelled) }
        await started.next()
        #expect(await clock.sleeps.next() == .seconds(60))
        clock.advance(by: .seconds(60))
        #expect(await answer == .failed("The cancel hook did not return."))
        release.add(())
    }

    @Test("of the samples does what it says")
    func samples() async throws {
        let executor = makeExecutor()
        #expect(SwiftJobRegistry.samples.classNames == ["Fail", "FanOut", "NoOp", "Remote", "Sleep"])
        #expect(await executor.execute(invocation("NoOp")) == .ended(.success))
        let remote = invocation("Remote")
        #expect(await executor.execute(remote) == .waiting(externalID: "remote-7-1"))
        #expect(await executor.callCancel(remote) == .answered)
        for (kind, expected) in [
            (nil, InvocationResult.ended(.systemError("no"))), ("BUSINESS", .ended(.businessError(text: "no"))),
            ("manual", .ended(.manualRecovery(text: "no"))), ("WARNING", .ended(.warning(text: "no"))),
            ("CANCEL", .ended(.cancelled(text: nil))),
        ] as [(String?, InvocationResult)] {
            let values = [("submit.argument1", kind), ("submit.argument2", "no")]
            #expect(await executor.execute(invocation("Fail", values)) == expected)
        }
    }

    @Test("Sleep ends when its time is over")
    func sleepSample() async throws {
        let executor = makeExecutor()
        async let slept = executor.execute(invocation("Sleep", [("submit.argument1", "0.5")]))
        #expect(await clock.sleeps.next() == .milliseconds(500))
        clock.advance(by: .milliseconds(500))
        #expect(await slept == .ended(.success))
        guard case .ended(.businessError) = await executor.execute(invocation("Sleep", [("submit.argument1", "x")]))
        else {
            Issue.record("not refused")
            return
        }
    }

    @Test("of a type with a cancel hook is known as such")
    func traits() {
        let registry = SwiftJobRegistry.samples
        for (name, expected) in [("Remote", true), ("NoOp", false), ("Nope", false)] {
            let traits = ExecutableTraits(kind: .swift, swiftClassHasHook: registry.hasCancelHook) {
                $0 == "SYS_className" ? name : nil
            }
            #expect(traits.hasCancelCall == expected && traits.isAsynchronous == nil)
        }
    }
}
