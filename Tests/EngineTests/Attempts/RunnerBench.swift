import SchedulerCore
import SchedulerEngine
import SchedulerTesting
import Testing

/// An attempt runner at work over a store and an executor that do what the test wants.
struct RunnerBench: Sendable {
    let engine: EngineBench
    let executor = ScriptedExecutor()
    let callouts = ScriptedCallouts()
    let runner: AttemptRunner
    /// As the rest of a node would give commands: effects reach the runner.
    let gateway: CommandGateway

    init() throws {
        engine = try EngineBench()
        let values = {
            var values = EngineSettings.Values()
            values.cancelGrace = EngineBench.cancelGrace
            values.baseURL = "https://scheduler.example/ess/rest/scheduler/v1"
            return values
        }()
        runner = AttemptRunner(
            store: engine.store,
            executor: { [executor] _ in executor },
            callouts: callouts,
            handles: engine.key.handles,
            signals: engine.signals,
            settings: EngineSettings(values),
            fence: engine.fence,
            time: engine.time,
            logger: engine.log.logger
        )
        gateway = CommandGateway(store: engine.store, launcher: runner, signals: engine.signals) {
            EngineBench.cancelGrace
        }
    }

    /// Lends a bench whose runner works; it has to come to its end when the body has.
    static func run(_ body: (RunnerBench) async throws -> Void) async throws {
        let bench = try RunnerBench()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await bench.runner.run() }
            do {
                try await body(bench)
            } catch {
                group.cancelAll()
                throw error
            }
            bench.runner.finish()
            try await group.waitForAll()
        }
    }

    /// Submits, claims and launches a request, and waits until its executor has it.
    func begin(_ submission: Submission = StoreSamples.submission()) async throws -> Invocation {
        runner.launch(try await engine.startOne(submission))
        return try await executor.begun.next()
    }

    /// Ends the invocation and waits until its thread is free.
    func finish(_ invocation: Invocation, _ result: InvocationResult) async throws {
        executor.finish(try #require(invocation.request.epoch), result)
        await runner.drain()
    }

    /// Waits until the store has failed to answer, and lets the runner offer its outcome again.
    func offerAgain() async throws {
        try await engine.time.untilSleeping(for: AttemptRunner.deliveryPause)
        engine.time.advance(by: AttemptRunner.deliveryPause)
    }

    func stored(_ invocation: Invocation) throws -> JobRequest { try engine.stored(invocation.request.id) }

    /// Outcomes that were offered to the store, as often as they were.
    var offered: [RequestEvent] { engine.script.commands.map(\.event) }
}
