import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import Testing

/// Whatever a job does, nothing of it lives when its outcome is told (runtime I22, administration A42).
@Suite(.timeLimit(.minutes(1)))
struct ProcessTreeTests {
    /// Starts a grandchild that leaves: own session, parent gone, deaf to SIGTERM; it reports its number.
    private static let escape = "(setsid sh -c 'trap \"\" TERM HUP INT; echo $$ > $DIR/signals; exec sleep 1000' &)"
    /// The same without the environment that would betray it.
    private static let cleanEscape =
        """
        (env -i DIR=$DIR setsid sh -c 'trap "" TERM HUP INT; echo $$ > $DIR/signals; exec env -i /bin/sleep 1000' \
            > /dev/null 2>&1 &)
        """

    @Test("TERM ends a willing process; its exit code is told with the reason")
    func willing() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let process = try await bench.start(
            bench.shell("trap 'exit 7' TERM; echo > $DIR/signals; while :; do sleep 1000 & wait; done")
        )
        _ = await pipe.line()
        process.terminate(reason: .timeout, grace: .seconds(60))
        process.terminate(reason: .cancel, grace: .seconds(60))
        let outcome = await process.outcome()
        #expect(outcome.ending == .exited(code: 7))
        #expect(outcome.stoppedFor == .timeout)
        #expect(survivors(of: process.identity).isEmpty)
    }

    @Test("KILL follows after the grace")
    func deaf() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let process = try await bench.start(
            bench.shell("trap '' TERM; echo > $DIR/signals; while :; do sleep 1000; done")
        )
        _ = await pipe.line()
        process.terminate(reason: .cancel, grace: .milliseconds(50))
        let outcome = await process.outcome()
        #expect(outcome.ending == .signalled(signal: SIGKILL))
        #expect(outcome.stoppedFor == .cancel)
        #expect(survivors(of: process.identity).isEmpty)
    }

    @Test("TERM reaches the whole group, not the leader alone")
    func wholeGroup() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        // A shell that waits in the foreground is deaf for the moment between fork and exec; one in `wait` is not.
        let child =
            "sh -c 'trap \"echo told > $DIR/signals; exit\" TERM; sleep 1000 & echo > $DIR/signals; wait'"
        let process = try await bench.start(bench.shell("trap : TERM; \(child) & wait; wait"))
        _ = await pipe.line()
        process.terminate(reason: .cancel, grace: .seconds(60))
        #expect(await pipe.line() == "told")
        #expect(await process.outcome().stoppedFor == .cancel)
    }

    @Test("A stopped process ends too")
    func stopped() async throws {
        let bench = try ProcessBench()
        let process = try await bench.start(bench.shell("kill -STOP $$; exit 1"))
        #expect(await eventually { ProcessFiles.stat(of: process.identity.pid)?.state == UInt8(ascii: "T") })
        process.terminate(reason: .cancel, grace: .seconds(60))
        #expect(await process.outcome().ending == .signalled(signal: SIGTERM))
    }

    @Test("A42 A grandchild in its own session, deaf to TERM, does not outlive a cancel")
    func escapeThenCancel() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let process = try await bench.start(bench.shell("\(Self.escape); exec sleep 1000"))
        let grandchild = try await pipe.number()
        process.terminate(reason: .cancel, grace: .seconds(60))
        #expect(await process.outcome().ending == .signalled(signal: SIGTERM))
        #expect(!isAlive(grandchild))
        #expect(survivors(of: process.identity).isEmpty)
    }

    @Test("When the leader ends first, what holds its pipes has a second and no more")
    func leaderFirst() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let process = try await bench.start(bench.shell("\(Self.escape); exit 4"))
        let grandchild = try await pipe.number()
        let outcome = await process.outcome()
        #expect(outcome.ending == .exited(code: 4))
        #expect(outcome.stoppedFor == nil)
        #expect(!isAlive(grandchild))
    }

    @Test("A clean, detached grandchild without the job's pipes, session and environment goes with the leader")
    func cleanEscapeWithLeader() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let go = try bench.signalPipe("go")
        let process = try await bench.start(bench.shell("\(Self.cleanEscape); read line < $DIR/go; exit 0"))
        let grandchild = try await pipe.number()
        #expect(survivors(of: process.identity).contains(grandchild))
        go.send()
        _ = await process.outcome()
        #expect(!isAlive(grandchild))
    }

    @Test("An orphan that shows no environment while it becomes another program is looked at again", arguments: 1...5)
    func markDuringExec(round: Int) async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let go = try bench.signalPipe("go")
        let script =
            """
            echo 'exec sh "$0"' > $DIR/again
            (setsid prlimit --rttime=1000000000 sh -c 'echo $$ > $DIR/signals; exec sh $DIR/again' > /dev/null 2>&1 &)
            read line < $DIR/go
            """
        var specification = bench.shell(script)
        specification.environment["ESS_REQUEST_HANDLE"] = "handle of \(bench.folder)"
        specification.markVariable = "ESS_REQUEST_HANDLE"
        let process = try await bench.start(specification)
        let grandchild = try await pipe.number()
        go.send()
        _ = await process.outcome()
        #expect(!isAlive(grandchild))
    }

    @Test("An orphan whose limits were changed is known by the mark in its environment")
    func markOnly() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let go = try bench.signalPipe("go")
        let script =
            """
            (setsid prlimit --rttime=1000000000 sh -c 'echo $$ > $DIR/signals; exec sleep 1000' > /dev/null 2>&1 &)
            read line < $DIR/go
            """
        var specification = bench.shell(script)
        specification.environment["ESS_REQUEST_HANDLE"] = "handle of \(bench.folder)"
        specification.markVariable = "ESS_REQUEST_HANDLE"
        let process = try await bench.start(specification)
        let grandchild = try await pipe.number()
        #expect(!survivors(of: process.identity).contains(grandchild) && isAlive(grandchild))
        go.send()
        _ = await process.outcome()
        #expect(!isAlive(grandchild))
    }

    @Test("A chain of sessions is followed to its end")
    func deepChain() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        try """
        trap '' TERM
        if [ $1 -gt 0 ]; then setsid sh $DIR/chain $(($1 - 1)) & fi
        [ $1 -gt 0 ] || echo done > $DIR/signals
        exec sleep 1000
        """.write(toFile: bench.file("chain"), atomically: true, encoding: .utf8)
        let process = try await bench.start(bench.specification(["/bin/sh", bench.file("chain"), "12"]))
        #expect(await pipe.line() == "done")
        #expect(survivors(of: process.identity).count == 13)
        process.terminate(reason: .cancel, grace: .zero)
        _ = await process.outcome()
        #expect(survivors(of: process.identity).isEmpty)
    }

    @Test("One job's end leaves another job's orphans alone")
    func neighbours() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let first = try await bench.start(bench.shell("\(Self.cleanEscape); exec sleep 1000"))
        let grandchild = try await pipe.number()
        for _ in 0..<3 { _ = try await bench.run(bench.shell("(setsid sleep 1000 > /dev/null 2>&1 &)")) }
        #expect(isAlive(grandchild))
        first.terminate(reason: .cancel, grace: .zero)
        _ = await first.outcome()
        #expect(!isAlive(grandchild))
    }

    @Test("Orphans that end while their job runs do not stay as zombies")
    func zombies() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let script =
            "i=0; while [ $i -lt 30 ]; do (setsid true &); i=$((i + 1)); done; echo > $DIR/signals; exec sleep 1000"
        let process = try await bench.start(bench.shell(script))
        _ = await pipe.line()
        let tag = DescentTag(process.identity)
        #expect(
            await eventually { ProcessFiles.all().filter { ProcessFiles.tag(of: $0) == tag } == [process.identity.pid] }
        )
        process.terminate(reason: .nodeStopping, grace: .zero)
        #expect(await process.outcome().stoppedFor == .nodeStopping)
    }

    @Test("What is written before the end is in the log, though others hold the pipe")
    func lateOutput() async throws {
        let bench = try ProcessBench()
        let outcome = try await bench.run(bench.shell("(trap '' TERM; echo early; exec sleep 1000) & echo leader"))
        #expect(outcome.ending == .exited(code: 0))
        #expect(bench.text("log").split(separator: "\n").sorted() == ["early", "leader"])
    }

    @Test("A process that is not let go runs nothing and leaves nothing")
    func abandoned() async throws {
        let bench = try ProcessBench()
        var prepared: PreparedProcess? = try await bench.supervisor.prepare(bench.shell("echo ran > $DIR/ran"))
        let first = try #require(prepared?.identity)
        #expect(isAlive(first.pid))
        await prepared?.abandon()
        #expect(ProcessFiles.stat(of: first.pid)?.startTicks != first.startTicks)
        prepared = try await bench.supervisor.prepare(bench.shell("echo ran > $DIR/ran"))
        let second = try #require(prepared?.identity)
        prepared = nil
        #expect(await eventually { ProcessFiles.stat(of: second.pid)?.startTicks != second.startTicks })
        #expect(bench.size("ran") == -1)
    }

    @Test("A waiting process ends when it is terminated")
    func terminatedAtGate() async throws {
        let bench = try ProcessBench()
        let prepared = try await bench.supervisor.prepare(bench.shell("echo ran > $DIR/ran"))
        kill(prepared.identity.pid, SIGKILL)
        let process = prepared.release()
        #expect(await process.outcome().ending == .signalled(signal: SIGKILL))
        #expect(bench.size("ran") == -1)
    }

    @Test("Closing the supervisor ends everything and refuses more")
    func close() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let process = try await bench.start(bench.shell("\(Self.escape); trap '' TERM; while :; do sleep 1000; done"))
        let grandchild = try await pipe.number()
        let waiting = try await bench.supervisor.prepare(bench.shell("true"))
        await bench.supervisor.close()
        #expect(
            await process.outcome() == ProcessOutcome(ending: .signalled(signal: SIGKILL), stoppedFor: .nodeStopping)
        )
        #expect(!isAlive(grandchild) && !isAlive(waiting.identity.pid))
        await #expect(throws: ProcessSupervisorClosed.self) { try await bench.supervisor.prepare(bench.shell("true")) }
        await bench.supervisor.close()
    }
}
