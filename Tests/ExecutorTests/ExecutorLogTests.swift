import Executors
import Logging
import SchedulerCore
import SchedulerTesting
import Testing

/// What executors tell the operator, to be found by the request, its attempt and its trace (administration §10).
@Suite("Log lines of executors", .timeLimit(.minutes(2)))
struct ExecutorLogTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"

    private let keeper = LogKeeper()

    private func invocation(
        _ kind: ExecutorKind,
        _ values: [(String, String?)],
        trace: String? = Self.trace
    ) -> Invocation {
        Fixture.invocation(kind, values, change: { $0.trace = trace }, request: { $0.attempt = 3 })
    }

    /// Expects one line with the message, of the third attempt of request 7.
    private func expectLine(_ start: String, trace: String? = Self.trace, at place: SourceLocation = #_sourceLocation) {
        let lines = keeper.lines.filter { $0.hasPrefix(start) }
        #expect(lines.count == 1, "\(keeper.lines)", sourceLocation: place)
        for line in lines {
            for part in [#""requestId": 7"#, #""attempt": 3"#, #""error": "#] {
                #expect(line.contains(part), "\(line)", sourceLocation: place)
            }
            if let trace {
                #expect(line.contains(#""ecid": \#(trace)"#), "\(line)", sourceLocation: place)
            } else {
                #expect(!line.contains("ecid"), "\(line)", sourceLocation: place)
            }
        }
    }

    @Test(
        "A Swift job's line that cannot be written is told with request, attempt and trace",
        arguments: [ExecutorLogTests.trace, nil]
    )
    func swiftJob(trace: String?) async {
        var registry = SwiftJobRegistry()
        registry.register(ScriptedJob.self, as: "Scripted")
        let services = SwiftJobServices(
            content: RecordingContent(fails: true),
            reporting: RecordingReports(),
            subRequests: RecordingSubRequests(),
            time: TestClock(),
            logger: keeper.logger
        )
        let executor = SwiftJobExecutor(registry: registry, services: services)
        let script: @Sendable (SwiftJobContext) async throws -> SwiftJobResult = { context in
            context.log("lost")
            return .success
        }
        let invocation = invocation(.swift, [("SYS_className", "Scripted")], trace: trace)
        let result = await ScriptedJob.$script.withValue(script) { await executor.execute(invocation) }
        #expect(result == .ended(.success))
        expectLine("warning A line of a request's log could not be written.", trace: trace)
    }

    @Test("A notice that cannot be written is told with request, attempt and trace")
    func sqlJob() async throws {
        let setUp = "CREATE PROCEDURE talk() LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'lost'; END $$;"
        try await SQLBench.run(
            poolSize: 1,
            setUp: setUp,
            content: RecordingContent(fails: true),
            logger: keeper.logger
        ) { bench in
            let values = [("SYS_EXT_dataSource", "ledger"), ("SYS_procedureName", "talk")]
            let result = await bench.executor.execute(invocation(.sql, values.map { ($0.0, Optional($0.1)) }))
            #expect(result == .ended(.success))
        }
        expectLine("warning A line of a request's log could not be written.")
    }

    @Test("Output of a process that cannot be written is told with request, attempt and trace")
    func processOutput() async throws {
        // A plain file to the eye, which the kernel lets nobody write words to.
        let jobs = try ProcessJobBench(log: "/proc/self/oom_score_adj", logger: keeper.logger)
        #expect(await jobs.run(thirdAttempt(jobs, "echo lost")) == .ended(.success))
        expectLine("error Output of a job is lost")
    }

    @Test("Outputs of a process that cannot be stored are told with request, attempt and trace")
    func processOutputs() async throws {
        let jobs = try ProcessJobBench(refusesOutputs: true, logger: keeper.logger)
        #expect(await jobs.run(thirdAttempt(jobs, "echo x > $ESS_OUT_DIR/x")) == .ended(.success))
        expectLine("error Outputs not stored")
    }

    private func thirdAttempt(_ jobs: ProcessJobBench, _ script: String) -> Invocation {
        jobs.invocation(["SYS_cmdLine": script, "SYS_EXT_shell": "true"]) { $0.attempt = 3 }
    }
}
