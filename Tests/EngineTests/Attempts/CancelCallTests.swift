import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CancelCallTests {
    /// A request that waits for an asynchronous answer and is being cancelled; its first cancel call is due.
    private func cancelling(_ bench: RunnerBench) async throws -> JobRequest {
        let claimed = try await bench.engine.startOne(StoreSamples.asynchronous())
        let id = claimed.request.id
        let epoch = claimed.request.epoch
        try await bench.engine.perform(.asynchronousStartAccepted(externalID: "ext"), on: id, epoch: epoch)
        return try #require(try await bench.engine.perform(.cancel, on: id))
    }

    @Test("The remote job is told by an invocation of its own handle; its answer ends the series")
    func answered() async throws {
        let bench = try RunnerBench()
        let request = try await cancelling(bench)
        _ = try await bench.gateway.fireTimers(limit: 1)
        bench.runner.finish()
        await bench.runner.run()
        let call = try await bench.executor.cancelCalls.next()
        #expect(bench.engine.key.handles.epoch(of: call.handle, request: request.id) == request.epoch)
        #expect(call.request.externalID == "ext")
        #expect(try bench.engine.stored(request.id).nextCancelCall == nil)
        #expect(try bench.engine.stored(request.id).state == .cancelling)
    }

    @Test("An answer that is a report ends the cancel")
    func reported() async throws {
        let bench = try RunnerBench()
        let request = try await cancelling(bench)
        bench.executor.cancelAnswer = .reported(.cancel, text: "gone")
        _ = try await bench.gateway.fireTimers(limit: 1)
        bench.runner.finish()
        await bench.runner.run()
        #expect(try bench.engine.stored(request.id).state == .cancelled)
    }

    @Test("A call that failed, and one whose answer could not be stored, is made again", arguments: [true, false])
    func repeated(storeFails: Bool) async throws {
        let bench = try RunnerBench()
        let request = try await cancelling(bench)
        if !storeFails { bench.executor.cancelAnswer = .failed("not reached") }
        _ = try await bench.gateway.fireTimers(limit: 1)
        if storeFails { bench.engine.store.fail(.beforeCommit) }
        bench.runner.finish()
        await bench.runner.run()
        #expect(bench.executor.cancelCalls.pending.count == 1)
        let stored = try bench.engine.stored(request.id)
        #expect(stored.nextCancelCall == bench.engine.time.now() + Limits.cancelCallFirstDelay)
        #expect(bench.engine.log.lines.contains { $0.contains("Cancel call will be repeated") } == storeFails)
    }
}
