import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import Testing

/// Orphans that nothing but their environment gives away, and that show none for a while, as between an exec and the
/// first instruction of the new program.
@Suite(.timeLimit(.minutes(1)))
struct ProcessBareOrphanTests {
    private static let mark = "ESS_REQUEST_HANDLE"
    /// Longer than any test takes.
    private static let endless = Duration.seconds(3600)

    /// Its job waits for a line in `go`. The orphan has a session, a limit and no environment of its own; after a line
    /// in `show` it becomes a program whose environment has the mark.
    private static let script =
        """
        (setsid prlimit --rttime=1000000000 env -i /bin/sh -c \
            'echo $$ > "$0/signals"; read line < "$0/show"; export \(mark)="$1"; exec /bin/sleep 1000' \
            "$DIR" "$\(mark)" > /dev/null 2>&1 &)
        read line < $DIR/go
        """

    /// A job that has left its orphan behind and waits.
    private struct Scene {
        let process: RunningProcess
        let orphan: pid_t
        /// Lets the job end.
        let go: SignalPipe
        /// Lets the orphan show its environment.
        let show: SignalPipe

        init(_ bench: ProcessBench) async throws {
            let pipe = try bench.signalPipe()
            go = try bench.signalPipe("go")
            show = try bench.signalPipe("show")
            var specification = bench.shell(script)
            specification.environment[mark] = "handle of \(bench.folder)"
            specification.markVariable = mark
            process = try await bench.start(specification)
            orphan = try await pipe.number()
        }
    }

    @Test("An orphan without an environment is looked at again however many children end meanwhile")
    func manyEnds() async throws {
        let bench = try ProcessBench(environmentTime: Self.endless)
        let scene = try await Scene(bench)
        for _ in 0..<20 { _ = try await bench.run(bench.shell("true")) }
        scene.show.send()
        scene.go.send()
        _ = await scene.process.outcome()
        #expect(!isAlive(scene.orphan))
    }

    @Test("The end of a job waits for an orphan that may show its environment, though no child ends any more")
    func nobodyEnds() async throws {
        let bench = try ProcessBench(environmentTime: Self.endless)
        let scene = try await Scene(bench)
        scene.go.send()
        #expect(await eventually { !isAlive(scene.process.identity.pid) })
        #expect(isAlive(scene.orphan))
        scene.show.send()
        _ = await scene.process.outcome()
        #expect(!isAlive(scene.orphan))
    }

    @Test("An orphan that never shows an environment is taken for a stranger when its time is over")
    func stranger() async throws {
        let bench = try ProcessBench(environmentTime: .milliseconds(20))
        let scene = try await Scene(bench)
        scene.go.send()
        #expect(await scene.process.outcome().ending == .exited(code: 0))
        #expect(isAlive(scene.orphan))
        // Nobody else reaps it, and whoever watches over all children would meet it again and again.
        kill(scene.orphan, SIGKILL)
        #expect(waitpid(scene.orphan, nil, 0) == scene.orphan)
    }
}
