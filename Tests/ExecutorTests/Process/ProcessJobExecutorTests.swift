import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProcessJobExecutorTests {
    @Test(
        "Exit codes become outcomes with the last line of standard error",
        arguments: [
            (0, ExecutableOutcome.success), (3, .warning(text: "last")), (4, .businessError(text: "last")),
            (5, .cancelled(text: "last")),
            (
                9,
                .systemError(
                    cause: .processSystemError,
                    text: "last",
                    detail: "The process ended with exit code 9.",
                    retryAfter: nil
                )
            ),
        ]
    )
    func exitCodes(code: Int, outcome: ExecutableOutcome) async throws {
        let jobs = try ProcessJobBench()
        let invocation = jobs.shell("echo first >&2; echo last >&2; exit \(code)", ["SYS_cancelExitCode": "5"])
        #expect(await jobs.run(invocation) == .ended(outcome))
        #expect(jobs.recorded.withLock { $0.count } == 1)
    }

    @Test("A signal of somebody else is PROCESS_KILLED, a missing program a system error")
    func failures() async throws {
        let jobs = try ProcessJobBench()
        let killed = await jobs.run(jobs.shell("kill -9 $$"))
        #expect(killed == .ended(.systemError("The process was ended by signal 9.", cause: .processKilled)))
        guard
            case .ended(.systemError(let cause, let text, _, _)) = await jobs.run(
                jobs.invocation(["SYS_cmdLine": "absent"])
            )
        else {
            Issue.record("not a system error")
            return
        }
        #expect(cause == .processSystemError && text.contains("No such file"))
    }

    @Test("The job is told about itself and sees nothing else")
    func environment() async throws {
        let jobs = try ProcessJobBench()
        let invocation = jobs.invocation(
            [
                "SYS_cmdLine": "/usr/bin/env", "SYS_environmentVariables": "A=1\\,2,LD_PRELOAD=/x,B=${ESS_REQ:x}",
                "x": "one, C=two",
            ]
        ) { $0.pausedState = "before" }
        #expect(await jobs.run(invocation) == .ended(.success))
        let directory = jobs.bench.file("requests/7")
        let work = "\(directory)/work"
        let handle = invocation.handle
        #expect(
            jobs.log.split(separator: "\n").sorted() == [
                "A=1,2", "B=one, C=two", "ESS_ABS_PARENT_REQUEST_ID=7", "ESS_APPLICATION=AcmeEss",
                "ESS_BASE_URL=http://127.0.0.1:8080/ess/rest/scheduler/v1", "ESS_EXECUTION_ATTEMPT=1",
                "ESS_JOB_DEFINITION_ID=JobDefinition://acme/gl/Import", "ESS_LOG_DIR=\(directory)/log",
                "ESS_OUT_DIR=\(directory)/out", "ESS_PAUSED_STATE=before",
                "ESS_PAUSED_STATE_FILE=\(work)/paused-state", "ESS_REQUEST_CONTEXT=7,\(handle)",
                "ESS_REQUEST_HANDLE=\(handle)", "ESS_REQUEST_ID=7", "ESS_RUN_AS_USER=batch",
                "ESS_SCHEDULED_TIME=2027-01-15T08:00:00.000Z", "ESS_SUBMITTER=anna", "ESS_WORK_DIR=\(work)",
                "PATH=\(ProcessBench.path)", "REQUESTID=7",
                "TRACEPARENT=\(try #require(TraceParent.text(for: invocation.request)))",
            ]
        )
    }

    @Test("A40 A value stays one argument")
    func argument() async throws {
        let jobs = try ProcessJobBench()
        let value = "; rm -rf / '\" $(id) ${ESS_REQ:requestId}"
        let invocation = jobs.invocation(["SYS_cmdLine": "printf <%s> ${ESS_REQ:x} $${a 'b c'", "x": value])
        #expect(await jobs.run(invocation) == .ended(.success))
        #expect(jobs.log == "<\(value)><${a><b c>")
    }

    @Test("A shell gets values as variables, never as text; it can be forbidden")
    func shell() async throws {
        let jobs = try ProcessJobBench()
        let script =
            """
            printf '%s|' "$ESC_submit_argument1" "$ESC_submitter" "$ESC_requestId" "${ESC_SYS_cmdLine-none}" $0
            """
        let result = await jobs.run(jobs.shell(script, ["submit.argument1": "$(echo pwned) `id`; x"]))
        #expect(result == .ended(.success))
        #expect(jobs.log == "$(echo pwned) `id`; x|anna|7|none|/bin/sh|")
        jobs.configure { $0.allowsShell = false }
        guard case .ended(.systemError(_, let text, _, _)) = await jobs.run(jobs.shell("true")) else {
            Issue.record("the shell was not refused")
            return
        }
        #expect(text.contains("process.allowShell"))
    }

    @Test("A token without value, an unknown token, no command and a bad property start nothing")
    func badOrders() async throws {
        let jobs = try ProcessJobBench()
        for parameters in [
            ["SYS_cmdLine": "echo ${ESS_REQ:absent}"], ["SYS_cmdLine": "echo ${ENV:x}"], [:], ["SYS_cmdLine": "'"],
            ["SYS_cmdLine": "true", "SYS_EXT_osUser": "daemon"], ["SYS_cmdLine": "true", "SYS_EXT_limits": "x=1"],
            ["SYS_cmdLine": "true", "SYS_redirectedOutputFile": "/a/.."],
            ["SYS_cmdLine": "true", "SYS_workDirRoot": "/proc/nowhere"],
        ] {
            guard case .ended(.systemError) = await jobs.run(jobs.invocation(parameters)) else {
                Issue.record("\(parameters) was started")
                continue
            }
        }
        #expect(jobs.recorded.withLock { $0.isEmpty })
    }

    @Test("Directory, name and suffix make one path, blanks and all")
    func joinedName() async throws {
        let jobs = try ProcessJobBench()
        try #require(mkdir(jobs.bench.file("my tools"), 0o755) == 0)
        // A link, not a file: what was just written may be busy, held by a child that another test is starting.
        try #require(symlink("/bin/pwd", jobs.bench.file("my tools/hello.sh")) == 0)
        let invocation = jobs.invocation(
            ["SYS_EXT_executableDir.Unix": jobs.bench.file("my tools"), "SYS_EXT_executableName": "hello"]
        )
        #expect(await jobs.run(invocation) == .ended(.success))
        #expect(jobs.log == jobs.bench.file("requests/7/work") + "\n")
    }

    @Test("A process that could not be recorded runs nothing")
    func notRecorded() async throws {
        let jobs = try ProcessJobBench()
        let invocation = jobs.invocation(["SYS_cmdLine": "touch \(jobs.bench.file("ran"))"], records: false)
        guard case .ended(.systemError) = await jobs.run(invocation) else {
            Issue.record("not a system error")
            return
        }
        #expect(jobs.bench.size("ran") == -1)
        let identity = try #require(jobs.recorded.withLock { $0.first })
        #expect(ProcessFiles.stat(of: identity.pid)?.startTicks != identity.startTicks)
    }

    @Test("The server's stop ends it, whatever exit code it makes of it", arguments: StopReason.allCases)
    func stop(reason: StopReason) async throws {
        let jobs = try ProcessJobBench()
        let pipe = try jobs.bench.signalPipe()
        let invocation = jobs.shell(
            "trap 'exit 0' TERM; echo > \(jobs.bench.file("signals")); while :; do sleep 1000 & wait; done"
        )
        async let result = jobs.run(invocation)
        _ = await pipe.line()
        invocation.control.stop(StopDemand(reason: reason, grace: .seconds(60)))
        #expect(await result == .endedByServer)
        #expect(survivors(of: try #require(jobs.recorded.withLock { $0.first })).isEmpty)
    }

    @Test("I58 A process that takes its time after a cancel is killed at once when the node's fence closes")
    func fencedDuringGrace() async throws {
        let jobs = try ProcessJobBench()
        let pipe = try jobs.bench.signalPipe()
        let signals = jobs.bench.file("signals")
        let invocation = jobs.shell(
            "trap 'echo told > \(signals)' TERM; echo > \(signals); while :; do sleep 1000 & wait; done"
        )
        async let result = jobs.run(invocation)
        _ = await pipe.line()
        invocation.control.stop(StopDemand(reason: .cancel, grace: .seconds(1000)))
        #expect(await pipe.line() == "told")
        invocation.control.stop(StopDemand(reason: .fenced, grace: .zero))
        #expect(await result == .endedByServer)
        #expect(survivors(of: try #require(jobs.recorded.withLock { $0.first })).isEmpty)
    }

    @Test("Stopped before or while it is prepared, it does not run to its end")
    func earlyStop() async throws {
        let jobs = try ProcessJobBench()
        let early = jobs.shell("exec sleep 1000")
        early.control.stop(StopDemand(reason: .cancel, grace: .seconds(60)))
        #expect(await jobs.run(early) == .endedByServer)
        #expect(jobs.recorded.withLock { $0.isEmpty })

        let template = jobs.shell("exec sleep 1000")
        let control = StopAtRecord()
        let invocation = Invocation(
            request: template.request,
            parameters: template.parameters,
            handle: template.handle,
            baseURL: template.baseURL,
            control: control.control
        )
        #expect(await jobs.run(invocation) == .endedByServer)
    }

    @Test("It pauses with the state it wrote, and an old state does not count")
    func pause() async throws {
        let jobs = try ProcessJobBench()
        let pausing = ["SYS_EXT_pauseExitCode": "6,7"]
        let written = await jobs.run(jobs.shell("printf 'a\\nb' > $ESS_PAUSED_STATE_FILE; exit 7", pausing))
        #expect(written == .ended(.paused(state: "a\nb")))
        #expect(await jobs.run(jobs.shell("exit 6", pausing)) == .ended(.paused(state: nil)))
        let large = await jobs.run(jobs.shell("head -c 4097 /dev/zero > $ESS_PAUSED_STATE_FILE; exit 6", pausing))
        guard case .ended(.systemError) = large else {
            Issue.record("4097 bytes were taken")
            return
        }
    }

    @Test("Outputs are collected at the end, redirected output becomes one, remarks go to the log")
    func outputs() async throws {
        let jobs = try ProcessJobBench()
        _ = await jobs.run(jobs.shell("echo x > $ESS_OUT_DIR/report.txt; exit 9"))
        #expect(jobs.content.collected.withLock { $0 } == ["report.txt"])
        #expect(jobs.content.lines.withLock { $0 } == ["WARNING one of 1 was cut"])
        let redirected = jobs.shell("echo out; echo err >&2", ["SYS_redirectedOutputFile": "/var/tmp/result.txt"])
        #expect(await jobs.run(redirected) == .ended(.success))
        #expect(jobs.bench.text("result.txt") == "out\n")
        #expect(jobs.log == "err\n")
    }

    @Test("As root, a job runs as the user its definition names, in directories of that user", .enabled(if: runsAsRoot))
    func user() async throws {
        let jobs = try ProcessJobBench()
        jobs.configure { $0.workDirectory = jobs.bench.file("requests") }
        let invocation = jobs.shell(
            "id -un; stat -c %U:%a . $ESS_LOG_DIR $ESS_OUT_DIR; echo x > f; stat -c %U:%a f",
            ["SYS_EXT_osUser": "nobody"]
        )
        #expect(await jobs.run(invocation) == .ended(.success))
        #expect(jobs.log == "nobody\nnobody:700\nnobody:700\nnobody:700\nnobody:600\n")
    }
}

/// A control that is told to stop while the identity is recorded.
private final class StopAtRecord: Sendable {
    let control: InvocationControl

    init() {
        let holder = Holder()
        control = InvocationControl { _ in
            holder.control?.stop(StopDemand(reason: .cancel, grace: .zero))
            return true
        }
        holder.set(control)
    }

    private final class Holder: Sendable {
        private let state = Mutex<InvocationControl?>(nil)

        var control: InvocationControl? { state.withLock { $0 } }

        func set(_ control: InvocationControl) { state.withLock { $0 = control } }
    }
}
