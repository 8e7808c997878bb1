import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AttemptRunnerTests {
    private let identity = ProcessIdentity(pid: 4712, startTicks: 99, bootID: "a1b2")

    @Test("An invocation gets its request, parameters, a handle that proves it, and the base URL")
    func invocation() async throws {
        try await RunnerBench.run { bench in
            var submission = StoreSamples.submission()
            submission.parameters = [Parameter(name: "submit.argument1", value: "DE")]
            let invocation = try await bench.begin(submission)
            let request = try bench.stored(invocation)
            #expect(invocation.request == request)
            #expect(invocation.parameters == submission.parameters)
            #expect(invocation.baseURL == "https://scheduler.example/ess/rest/scheduler/v1")
            #expect(bench.engine.key.handles.epoch(of: invocation.handle, request: request.id) == request.epoch)
            #expect(bench.runner.runningCount == 1)
            #expect(bench.runner.running.map(\.requestID) == [request.id])
            try await bench.finish(invocation, .ended(.success))
        }
    }

    @Test("An outcome is made durable once, then the thread is free and dispatch is woken")
    func outcome() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin()
            let epoch = try #require(invocation.request.epoch)
            #expect(bench.runner.isRunning(epoch))
            try await bench.finish(invocation, .ended(.warning(text: "careful")))
            #expect(try bench.stored(invocation).state == .warning)
            #expect(bench.offered == [.executableEnded(.warning(text: "careful"))])
            #expect(!bench.runner.isRunning(epoch))
            // Never times out: only the signal ends it.
            await bench.engine.signals.dispatch.wait(timeout: .seconds(1), time: bench.engine.time)
        }
    }

    @Test("The thread is free, and dispatch woken, while the outcome is on its way to the store")
    func threadLeft() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin()
            let epoch = try #require(invocation.request.epoch)
            let threads = EventQueue<Int>()
            bench.engine.script.before { [runner = bench.runner] _ in
                threads.add(runner.runningCount)
                #expect(runner.isRunning(epoch))
            }
            bench.executor.finish(epoch, .ended(.success))
            await bench.runner.drain()
            #expect(threads.pending == [0])
            await bench.engine.signals.dispatch.wait(timeout: .seconds(1), time: bench.engine.time)
        }
    }

    @Test("A job with post-processing holds its thread until that is done")
    func threadKept() async throws {
        try await RunnerBench.run { bench in
            var submission = StoreSamples.submission()
            submission.policy.hasPostProcess = true
            let invocation = try await bench.begin(submission)
            let threads = EventQueue<Int>()
            bench.callouts.answer(.postProcess, .proceed)
            bench.engine.script.before { [runner = bench.runner] _ in threads.add(runner.runningCount) }
            bench.executor.finish(try #require(invocation.request.epoch), .ended(.success))
            #expect(try await threads.next() == 1)
        }
    }

    @Test("I9 An outcome is kept and offered until the store takes it; the thread is held until then")
    func storeAway() async throws {
        try await RunnerBench.run { bench in
            var submission = StoreSamples.submission()
            submission.facts.trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            let invocation = try await bench.begin(submission)
            let time = bench.engine.time
            bench.engine.script.before { _ in throw StoreFault("away", kind: .unavailable) }
            bench.executor.finish(try #require(invocation.request.epoch), .ended(.success))
            for _ in 0..<3 {
                try await time.untilSleeping(for: AttemptRunner.deliveryPause)
                #expect(bench.runner.runningCount == 1)
                time.advance(by: AttemptRunner.deliveryPause)
            }
            try await time.untilSleeping(for: AttemptRunner.deliveryPause)
            bench.engine.script.before { _ in }
            time.advance(by: AttemptRunner.deliveryPause)
            await bench.runner.drain()
            #expect(try bench.stored(invocation).state == .succeeded)
            #expect(bench.offered == Array(repeating: .executableEnded(.success), count: 5))
            let lines = bench.engine.log.lines.filter { $0.contains("Outcome not stored yet") }
            #expect(lines.count == 4)
            for part in [#""ecid": 4bf92f3577b34da6a3ce929d0e0e4736"#, #""requestId": 1"#, #""attempt": 1"#] {
                #expect(lines.allSatisfy { $0.contains(part) }, "\(lines)")
            }
        }
    }

    @Test("I9 An outcome whose answer was lost is offered again and counts once")
    func answerLost() async throws {
        try await RunnerBench.run { bench in
            var submission = StoreSamples.submission()
            submission.policy.retries = 3
            let invocation = try await bench.begin(submission)
            bench.engine.store.fail(.afterCommit)
            bench.executor.finish(try #require(invocation.request.epoch), .ended(.systemError("broken")))
            try await bench.engine.time.untilSleeping(for: AttemptRunner.deliveryPause)
            bench.engine.time.advance(by: AttemptRunner.deliveryPause)
            await bench.runner.drain()
            let request = try bench.stored(invocation)
            #expect(request.state == .errorAutoRetry)
            let steps = try await bench.engine.memory.history(of: request.id)
            #expect(steps.count { $0.event == .executableSystemError } == 1)
        }
    }

    @Test("A stop demand reaches the executor, once; its end by the server ends the cancel")
    func stop() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin()
            bench.executor.endsWhenTold = false
            _ = try await bench.gateway.perform(RequestCommand(invocation.request.id, .cancel))
            #expect(
                try await bench.executor.stopped.next() == StopDemand(reason: .cancel, grace: EngineBench.cancelGrace)
            )
            bench.runner.stop(
                try #require(invocation.request.epoch),
                StopDemand(reason: .nodeStopping, grace: .zero)
            )
            #expect(invocation.control.stopDemand?.reason == .cancel)
            #expect(bench.executor.stopped.pending.isEmpty)
            try await bench.finish(invocation, .endedByServer)
            #expect(try bench.stored(invocation).state == .cancelled)
        }
    }

    @Test("A demand that comes before the executor listens is heard at once")
    func earlyStop() async throws {
        let bench = try RunnerBench()
        let claimed = try await bench.engine.startOne()
        bench.runner.launch(claimed)
        _ = try await bench.gateway.perform(RequestCommand(claimed.request.id, .cancel))
        bench.runner.finish()
        await bench.runner.run()
        #expect(bench.executor.stopped.pending.map(\.reason) == [.cancel])
        #expect(bench.engine.states() == [.cancelled])
    }

    @Test("A demand for an attempt that is not the node's does nothing")
    func strangeStop() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin()
            bench.runner.stop(AttemptEpoch(999), StopDemand(reason: .cancel, grace: .zero))
            #expect(invocation.control.stopDemand == nil)
            try await bench.finish(invocation, .ended(.success))
        }
    }

    @Test("The node's stop ends the attempt as lost: retried, not cancelled")
    func nodeStopping() async throws {
        try await RunnerBench.run { bench in
            var submission = StoreSamples.submission()
            submission.policy.retries = 1
            let invocation = try await bench.begin(submission)
            bench.runner.stopAll(StopDemand(reason: .nodeStopping, grace: .seconds(1)))
            await bench.runner.drain()
            let request = try bench.stored(invocation)
            #expect(request.state == .errorAutoRetry)
            #expect(request.message?.text.contains("node_stopped") == true)
        }
    }

    @Test("A process is durable before it is let go")
    func identityRecorded() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin(StoreSamples.submission(executor: .process))
            #expect(await invocation.control.record(identity))
            #expect(try bench.stored(invocation).process == identity)
            #expect(try bench.stored(invocation).phase == .executeInitiateComplete)
            try await bench.finish(invocation, .ended(.success))
            #expect(try bench.stored(invocation).process == nil)
        }
    }

    @Test("A process that the store does not know is not let go", arguments: FaultyStore<ScriptedStore>.Fault.allCases)
    func identityNotRecorded(fault: FaultyStore<ScriptedStore>.Fault) async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin(StoreSamples.submission(executor: .process))
            bench.engine.store.fail(fault)
            #expect(await !invocation.control.record(identity))
            try await bench.finish(invocation, .ended(.systemError("not started")))
        }
    }

    @Test("I23 A process of an attempt that is cancelled, or over, is not let go")
    func identityTooLate() async throws {
        try await RunnerBench.run { bench in
            let cancelled = try await bench.begin(StoreSamples.submission(executor: .process))
            _ = try await bench.engine.perform(.cancel, on: cancelled.request.id)
            #expect(await !cancelled.control.record(identity))
            let lost = try await bench.begin(StoreSamples.submission(executor: .process))
            try await bench.engine.perform(.nodeLost(reason: .forced), on: lost.request.id)
            #expect(await !lost.control.record(identity))
            for invocation in [cancelled, lost] {
                bench.executor.finish(try #require(invocation.request.epoch), .endedByServer)
            }
            await bench.runner.drain()
            #expect(bench.engine.states() == [.cancelled, .error])
        }
    }

    @Test("I58 A fence comes before a demand that was gentler, and the attempt ends as lost, not as cancelled")
    func fence() async throws {
        try await RunnerBench.run { bench in
            bench.executor.endsWhenTold = false
            var submission = StoreSamples.submission()
            submission.policy.retries = 1
            let invocation = try await bench.begin(submission)
            let epoch = try #require(invocation.request.epoch)
            bench.runner.stop(epoch, StopDemand(reason: .nodeStopping, grace: .seconds(60)))
            #expect(try await bench.executor.stopped.next().reason == .nodeStopping)
            bench.runner.stopAll(StopDemand(reason: .fenced, grace: .zero))
            #expect(try await bench.executor.stopped.next() == StopDemand(reason: .fenced, grace: .zero))
            bench.runner.stop(epoch, StopDemand(reason: .cancel, grace: .seconds(60)))
            #expect(invocation.control.stopDemand?.reason == .fenced)
            #expect(bench.executor.stopped.pending.isEmpty)
            try await bench.finish(invocation, .endedByServer)
            #expect(try bench.stored(invocation).state == .errorAutoRetry)
            #expect(try bench.stored(invocation).message?.text.contains("lease_expired") == true)
        }
    }

    @Test("I56 What was claimed, but not begun when half the lease had gone, is told to end before it begins")
    func fencedBeforeStart() async throws {
        let bench = try RunnerBench()
        let claimed = try await bench.engine.startOne()
        bench.runner.launch(claimed)
        bench.engine.time.advance(by: EngineBench.lease / 2)
        bench.runner.finish()
        await bench.runner.run()
        #expect(bench.executor.stopped.pending.map(\.reason) == [.fenced])
        #expect(bench.engine.states() == [.error])
    }

    @Test("I56 A process that was recorded when half the lease had gone is not let go")
    func fencedWhileRecording() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin(StoreSamples.submission(executor: .process))
            bench.engine.script.before { _ in bench.engine.time.advance(by: EngineBench.lease / 2) }
            _ = await invocation.control.record(identity)
            bench.engine.script.before { _ in }
            #expect(try await bench.executor.stopped.next().reason == .fenced)
            await bench.runner.drain()
            #expect(bench.engine.states() == [.error])
        }
    }

    @Test("An accepted asynchronous start holds no thread and no node, and its handle lives")
    func waiting() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin(StoreSamples.asynchronous())
            try await bench.finish(invocation, .waiting(externalID: "ext"))
            let request = try bench.stored(invocation)
            #expect(request.awaitsAsynchronousAnswer)
            #expect(request.owner == nil)
            #expect(request.externalID == "ext")
        }
    }

    @Test("C75 A report that overtakes the answer to the start call counts, and the answer changes nothing")
    func overtaken() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin(StoreSamples.asynchronous())
            let epoch = try #require(invocation.request.epoch)
            let report = RequestEvent.report(.success, text: nil, handle: epoch)
            let result = try await bench.gateway.perform(RequestCommand(invocation.request.id, report))
            #expect(result.outcome == .applied)
            let before = try bench.stored(invocation)
            #expect(before.state == .succeeded)
            try await bench.finish(invocation, .waiting(externalID: "late"))
            #expect(try bench.stored(invocation) == before)
            #expect(bench.offered.count == 2)
        }
    }

    @Test("A refused outcome is reported and not offered again")
    func refused() async throws {
        try await RunnerBench.run { bench in
            let invocation = try await bench.begin()
            bench.engine.script.answer { _ in .refused(SchedulerError(1051, "1")) }
            try await bench.finish(invocation, .ended(.success))
            #expect(bench.offered.count == 1)
            #expect(bench.engine.log.lines.count { $0.hasPrefix("warning Outcome refused") } == 1)
        }
    }
}
