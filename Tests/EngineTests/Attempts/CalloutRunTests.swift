import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

/// Callouts and executable on one thread, one after the other (runtime §9.4).
@Suite("A thread goes on from callout to executable to callout", .timeLimit(.minutes(1)))
struct CalloutRunTests {
    private static func submission() -> Submission {
        var submission = StoreSamples.submission()
        submission.policy.hasPreProcess = true
        submission.policy.hasPostProcess = true
        return submission
    }

    @Test("All three run under one epoch, and the executable sees the request as it is then")
    func wholeCourse() async throws {
        try await RunnerBench.run { bench in
            bench.callouts.answer(.preProcess, .proceed)
            bench.callouts.answer(.postProcess, .warn(text: "odd"))
            let invocation = try await bench.begin(Self.submission())
            #expect(invocation.request.phase == .executeInitiate && invocation.request.firstStartTime != nil)
            let before = try await bench.callouts.begun.next()
            #expect(before.callout == .preProcess && before.invocation.handle == invocation.handle)
            try await bench.finish(invocation, .ended(.success))
            let after = try await bench.callouts.begun.next()
            #expect(after.callout == .postProcess && after.invocation.request.executableState == .succeeded)
            let request = try bench.stored(invocation)
            #expect(request.state == .warning && request.cause == .postProcessWarning)
            #expect(request.epoch == invocation.request.epoch)
            #expect(
                bench.offered == [
                    .preProcessed(.proceed), .executableEnded(.success), .postProcessed(.warn(text: "odd")),
                ]
            )
        }
    }

    @Test("An answer that ends the request, or delays it, frees the thread without running anything")
    func endsEarly() async throws {
        for answer in [CalloutAnswer.cancel(text: nil), .businessError(text: "no"), .delay(nil, text: nil)] {
            try await RunnerBench.run { bench in
                bench.callouts.answer(.preProcess, answer)
                let claimed = try await bench.engine.startOne(Self.submission())
                bench.runner.launch(claimed)
                await bench.runner.drain()
                let request = try bench.engine.stored(claimed.request.id)
                #expect(request.owner == nil && request.executableState == nil)
                #expect(bench.offered == [.preProcessed(answer)])
            }
        }
    }

    @Test("A cancel reaches the callout that runs; it ends as cancelled")
    func cancel() async throws {
        try await RunnerBench.run { bench in
            let claimed = try await bench.engine.startOne(Self.submission())
            bench.runner.launch(claimed)
            _ = try await bench.callouts.begun.next()
            _ = try await bench.gateway.perform(RequestCommand(claimed.request.id, .cancel))
            await bench.runner.drain()
            #expect(try bench.engine.stored(claimed.request.id).state == .cancelled)
        }
    }

    @Test("I60: a stopping node leaves post-processing to others, and what was executed stays executed")
    func stopping() async throws {
        try await RunnerBench.run { bench in
            bench.callouts.answer(.preProcess, .proceed)
            let invocation = try await bench.begin(Self.submission())
            _ = try await bench.callouts.begun.next()
            bench.executor.finish(try #require(invocation.request.epoch), .ended(.success))
            _ = try await bench.callouts.begun.next()
            bench.runner.stopAll(StopDemand(reason: .nodeStopping, grace: .seconds(1)))
            await bench.runner.drain()
            let request = try bench.stored(invocation)
            #expect(request.state == .completed && request.owner == nil && request.executableState == .succeeded)
            #expect(request.dispatchTime != nil)
        }
    }

    @Test("I12: a thread goes on with what the store did although its answers were lost")
    func lostAnswers() async throws {
        try await RunnerBench.run { bench in
            bench.callouts.answer(.preProcess, .proceed)
            bench.callouts.answer(.postProcess, .proceed)
            let claimed = try await bench.engine.startOne(Self.submission())
            bench.engine.store.fail(.afterCommit)
            bench.runner.launch(claimed)
            try await bench.offerAgain()
            let invocation = try await bench.executor.begun.next()
            bench.engine.store.fail(.afterCommit)
            bench.executor.finish(try #require(invocation.request.epoch), .ended(.success))
            try await bench.offerAgain()
            await bench.runner.drain()
            #expect(try bench.stored(invocation).state == .succeeded)
        }
    }

    @Test("I13: a cancel that comes behind a lost answer ends the request, and its executable never begins")
    func cancelBehindLostAnswer() async throws {
        try await RunnerBench.run { bench in
            bench.callouts.answer(.preProcess, .proceed)
            let claimed = try await bench.engine.startOne(Self.submission())
            bench.engine.store.fail(.afterCommit)
            bench.runner.launch(claimed)
            try await bench.engine.time.untilSleeping(for: AttemptRunner.deliveryPause)
            _ = try await bench.gateway.perform(RequestCommand(claimed.request.id, .cancel))
            try await bench.offerAgain()
            await bench.runner.drain()
            let request = try bench.engine.stored(claimed.request.id)
            #expect(request.state == .cancelled && request.executableState == nil)
        }
    }

    @Test("A set holds the thread for its callout alone")
    func jobSet() async throws {
        try await RunnerBench.run { bench in
            bench.callouts.answer(.preProcess, .proceed)
            var set = StoreSamples.jobSet(StoreSamples.plan(.serial, StoreSamples.step("a")))
            set.policy.hasPreProcess = true
            let claimed = try await bench.engine.startOne(set)
            bench.runner.launch(claimed)
            await bench.runner.drain()
            let request = try bench.engine.stored(claimed.request.id)
            #expect(request.phase == .jobSetExecuteStepsWait && request.owner == nil)
            #expect(request.kinship.liveChildren == 1)
        }
    }
}
