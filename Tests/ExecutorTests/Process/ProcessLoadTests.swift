import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import Testing

/// Tests that count what belongs to the whole process, each in a process of its own.
@Suite(.timeLimit(.minutes(1)))
struct ProcessLoadTests {
    private static func openDescriptors() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? -1
    }

    private static func threads() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? -1
    }

    private static func children() -> [Int32] {
        ProcessFiles.all().filter { ProcessFiles.stat(of: $0)?.parent == getpid() }
    }

    @Test("500 short processes at once, and again: descriptors, threads and children stay as they were")
    func flat() async throws {
        await #expect(processExitsWith: .success) {
            let bench = try ProcessBench()
            @Sendable func round() async throws {
                try await withThrowingTaskGroup(of: ProcessOutcome.self) { group in
                    for number in 0..<500 {
                        var specification = bench.specification(["/bin/echo", "\(number)"])
                        specification.log.path = bench.file("log\(number)")
                        group.addTask { [specification] in try await bench.run(specification) }
                    }
                    for try await outcome in group { #expect(outcome == ProcessOutcome(ending: .exited(code: 0))) }
                }
            }
            try await round()
            let before = (Self.openDescriptors(), Self.threads())
            try await round()
            #expect(Self.openDescriptors() == before.0)
            #expect(Self.threads() <= before.1)
            #expect(Self.children().isEmpty)
            for number in 0..<500 { #expect(bench.text("log\(number)") == "\(number)\n\(number)\n") }

            await bench.supervisor.close()
        }
    }

    @Test("An orphan without any mark goes with the last job that can have started it")
    func unmarked() async throws {
        await #expect(processExitsWith: .success) {
            let bench = try ProcessBench(adoption: .everyChild)
            let pipe = try bench.signalPipe()
            let escape =
                """
                (env -i DIR=$DIR prlimit --rttime=1000000000 \
                    setsid sh -c 'echo $$ > $DIR/signals; exec /bin/sleep 1000' > /dev/null 2>&1 &)
                """
            let earlier = try await bench.start(bench.shell("exec sleep 1000"))
            let first = try await bench.start(bench.shell("\(escape); exec sleep 1000"))
            let orphan = try await pipe.number()
            first.terminate(reason: .cancel, grace: .zero)
            _ = await first.outcome()
            #expect(isAlive(orphan))
            earlier.terminate(reason: .cancel, grace: .zero)
            _ = await earlier.outcome()
            #expect(!isAlive(orphan))
            #expect(Self.children().isEmpty)
        }
    }

    @Test("Children that other code of the process started are left alone")
    func foreignChildren() async throws {
        await #expect(processExitsWith: .success) {
            let bench = try ProcessBench()
            var pid: pid_t = 0
            let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup("exit 9"), nil]
            #expect(posix_spawn(&pid, "/bin/sh", nil, nil, arguments, nil) == 0)
            for _ in 0..<3 { _ = try await bench.run(bench.shell("(setsid true &)")) }
            var status: Int32 = 0
            #expect(waitpid(pid, &status, 0) == pid)
            #expect(status == 9 << 8)
        }
    }
}
