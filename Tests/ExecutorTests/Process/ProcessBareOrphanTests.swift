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

    private func marked(_ bench: ProcessBench) -> ProcessSpecification {
        var specification = bench.shell(Self.script)
        specification.environment[Self.mark] = "handle of \(bench.folder)"
        specification.markVariable = Self.mark
        return specification
    }

    @Test("An orphan without an environment is looked at again however many children end meanwhile")
    func manyEnds() async throws {
        let bench = try ProcessBench(environmentTime: Self.endless)
        let pipe = try bench.signalPipe()
        let go = try bench.signalPipe("go")
        let show = try bench.signalPipe("show")
        let process = try await bench.start(marked(bench))
        let orphan = try await pipe.number()
        for _ in 0..<20 { _ = try await bench.run(bench.shell("true")) }
        show.send()
        go.send()
        _ = await process.outcome()
        #expect(!isAlive(orphan))
    }

    @Test("The end of a job waits for an orphan that may show its environment, though no child ends any more")
    func nobodyEnds() async throws {
        let bench = try ProcessBench(environmentTime: Self.endless)
        let pipe = try bench.signalPipe()
        let go = try bench.signalPipe("go")
        let show = try bench.signalPipe("show")
        let process = try await bench.start(marked(bench))
        let orphan = try await pipe.number()
        go.send()
        #expect(await eventually { !isAlive(process.identity.pid) })
        #expect(isAlive(orphan))
        show.send()
        _ = await process.outcome()
        #expect(!isAlive(orphan))
    }

    @Test("An orphan that never shows an environment is taken for a stranger when its time is over")
    func stranger() async throws {
        let bench = try ProcessBench(environmentTime: .milliseconds(20))
        let pipe = try bench.signalPipe()
        let go = try bench.signalPipe("go")
        _ = try bench.signalPipe("show")
        let process = try await bench.start(marked(bench))
        let orphan = try await pipe.number()
        go.send()
        #expect(await process.outcome().ending == .exited(code: 0))
        #expect(isAlive(orphan))
        // Nobody else reaps it, and whoever watches over all children would meet it again and again.
        kill(orphan, SIGKILL)
        #expect(waitpid(orphan, nil, 0) == orphan)
    }
}
