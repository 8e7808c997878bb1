import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

/// What `${ESS_REQ:lastSuccess.…}` tells (runtime §9.4).
@Suite("The last success of a recurring request", .timeLimit(.minutes(1)))
struct LastSuccessTests {
    @Test("An instance that asks learns of the newest one that went well; errors do not count, nor do strangers")
    func instances() async throws {
        try await RunnerBench.run { bench in
            var submission = try StoreSamples.recurring("FREQ=MINUTELY")
            submission.parameters = [Parameter(name: "since", value: "${ESS_REQ:lastSuccess.endTime}")]
            let first = try await bench.begin(submission)
            #expect(first.lastSuccess == nil && first.tokenValue("lastSuccess.requestId")?.isEmpty == true)
            try await bench.finish(first, .ended(.warning(text: nil)))
            let second = try await next(bench)
            let ended = try bench.stored(first)
            #expect(second.lastSuccess == LastSuccess(ended) && ended.endTime != nil)
            #expect(second.tokenValue("lastSuccess.requestId") == first.request.id.description)
            #expect(second.tokenValue("lastSuccess.endTime") == ended.endTime?.description)
            #expect(second.tokenValue("lastSuccess.scheduledTime") == ended.scheduledTime.description)
            try await bench.finish(second, .ended(.businessError(text: "no")))
            let third = try await next(bench)
            #expect(third.lastSuccess == LastSuccess(ended))
            try await bench.finish(third, .ended(.success))
        }
    }

    @Test("Who does not ask costs no query")
    func unasked() async throws {
        try await RunnerBench.run { bench in
            let first = try await bench.begin(try StoreSamples.recurring("FREQ=MINUTELY"))
            try await bench.finish(first, .ended(.success))
            let second = try await next(bench)
            #expect(second.lastSuccess == nil)
            try await bench.finish(second, .ended(.success))
        }
    }

    /// The next instance, at its time.
    private func next(_ bench: RunnerBench) async throws -> Invocation {
        bench.engine.time.advance(by: .seconds(60))
        let claimed = try #require(try await bench.engine.start(on: StoreSamples.node).first)
        bench.runner.launch(claimed)
        return try await bench.executor.begun.next()
    }
}
