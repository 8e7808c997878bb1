import Executors
import SchedulerCore
import Testing

/// Sub-requests of Swift jobs (runtime §6, §9.3).
@Suite("A Swift job with sub-requests", .timeLimit(.minutes(1)))
struct SwiftSubRequestTests {
    private let content = RecordingContent()
    private let subRequests = RecordingSubRequests()

    private func makeExecutor(_ taker: RecordingSubRequests? = nil) -> SwiftJobExecutor {
        var registry = SwiftJobRegistry.samples
        registry.register(ScriptedJob.self, as: "Scripted")
        let services = SwiftJobServices(
            content: content,
            reporting: RecordingReports(),
            subRequests: taker ?? subRequests,
            time: TestClock(),
            logger: silentLogger
        )
        return SwiftJobExecutor(registry: registry, services: services)
    }

    /// An invocation after as many pauses as there are in the state.
    private func invocation(
        _ className: String = "Scripted",
        _ values: [(String, String?)] = [],
        state: String? = nil,
        ended: [(Int64, RequestState)] = []
    ) -> Invocation {
        let first = Fixture.invocation(
            .swift,
            [("SYS_className", className)] + values,
            request: { $0.pausedState = state }
        )
        return Invocation(
            request: first.request,
            parameters: first.parameters,
            handle: first.handle,
            baseURL: first.baseURL,
            subRequests: ended.map { SubRequestEnd(id: RequestID($0.0), state: $0.1) },
            control: first.control
        )
    }

    private func run(
        _ executor: SwiftJobExecutor? = nil,
        _ script: @escaping @Sendable (SwiftJobContext) async throws -> SwiftJobResult
    ) async -> InvocationResult {
        await ScriptedJob.$script.withValue(script) { await (executor ?? makeExecutor()).execute(invocation()) }
    }

    @Test("submits them by the handle of its invocation")
    func submits() async throws {
        let result = await run { context in
            #expect(context.subRequests.isEmpty)
            let parameters = [SwiftJobParameter(name: "ledger", value: "DE")]
            var subRequest = SwiftSubRequest("acme/gl/Post", parameters: parameters, description: "one", priority: 7)
            subRequest.retries = 2
            let first = try await context.submit(subRequest)
            let second = try await context.submit(SwiftSubRequest("acme/gl/Tidy"))
            #expect([first, second] == [100, 101])
            return .paused(state: "half")
        }
        #expect(result == .ended(.paused(state: "half")))
        var order = SubRequestOrder(definition: "acme/gl/Post")
        order.description = "one"
        order.parameters = [SubmittedParameter(name: "ledger", value: "DE")]
        order.properties = SubmittedProperties(priority: 7, retries: 2)
        let expected = [order, SubRequestOrder(definition: "acme/gl/Tidy")].map {
            RecordingSubRequests.Call(order: $0, parent: RequestID(7), handle: Fixture.handle)
        }
        #expect(subRequests.calls == expected)
    }

    @Test("is told a refusal with its code; one that it does not catch is its SYSTEM error")
    func refused() async throws {
        let executor = makeExecutor(RecordingSubRequests(refusal: SchedulerError(2002, "anna", "acme/gl/Post")))
        let caught = await run(executor) { context in
            let error = await #expect(throws: SubRequestRefused.self) {
                try await context.submit(SwiftSubRequest("acme/gl/Post"))
            }
            return .warning(error?.code)
        }
        #expect(caught == .ended(.warning(text: "ESS-02002")))
        let thrown = await run(executor) { context in
            try await context.submit(SwiftSubRequest("acme/gl/Post"))
            return .success
        }
        let error = SchedulerError(2002, "anna", "acme/gl/Post")
        let message = try #require(ErrorCatalogue.entry(for: error.code)).message(error.arguments)
        #expect(thrown == .ended(.systemError("ESS-02002: \(message)")))
    }

    @Test("can submit none any more when its invocation is over, unless it waits for an answer")
    func over() async throws {
        for (result, isOver) in [(SwiftJobResult.success, true), (.waiting(externalID: nil), false)] {
            let contexts = EventQueue<SwiftJobContext>()
            _ = await run { context in
                contexts.add(context)
                return result
            }
            let context = await contexts.next()
            if isOver {
                await #expect(throws: CancellationError.self) { try await context.submit(SwiftSubRequest("a/B")) }
            } else {
                #expect(try await context.submit(SwiftSubRequest("a/B")) == 100)
            }
        }
    }

    @Test("finds after the pause how they have ended, and its state")
    func resumed() async throws {
        let resumed = invocation(state: "half", ended: [(9, .succeeded), (10, .error)])
        let result = await ScriptedJob.$script.withValue({ context in
            #expect(context.pausedState == "half")
            #expect(context.subRequests.map(\.requestID) == [9, 10])
            #expect(context.subRequests.map(\.state) == ["SUCCEEDED", "ERROR"])
            return .success
        }) { await makeExecutor().execute(resumed) }
        #expect(result == .ended(.success))
    }

    @Test("FanOut submits round after round and counts what did not succeed")
    func fanOut() async throws {
        let executor = makeExecutor()
        let values = [("submit.argument1", "acme/Job"), ("submit.argument2", "2"), ("submit.argument3", "2")]
        #expect(await executor.execute(invocation("FanOut", values)) == .ended(.paused(state: "1 0")))
        let second = invocation("FanOut", values, state: "1 0", ended: [(100, .succeeded), (101, .warning)])
        #expect(await executor.execute(second) == .ended(.paused(state: "2 1")))
        #expect(subRequests.calls.map(\.order.definition) == Array(repeating: "acme/Job", count: 4))
        #expect(subRequests.calls.compactMap(\.order.parameters.first?.value) == ["1", "1", "2", "2"])
        let third = invocation("FanOut", values, state: "2 1", ended: [(102, .succeeded), (103, .succeeded)])
        #expect(
            await executor.execute(third) == .ended(.warning(text: "1 sub-requests did not succeed"))
        )
        let clean = invocation("FanOut", values, state: "2 0", ended: [(102, .succeeded)])
        #expect(await executor.execute(clean) == .ended(.success))
        for wrong in [[], [("submit.argument1", "acme/Job"), ("submit.argument2", "0")]] as [[(String, String?)]] {
            guard case .ended(.businessError) = await executor.execute(invocation("FanOut", wrong)) else {
                Issue.record("\(wrong) was not refused")
                continue
            }
        }
    }
}
