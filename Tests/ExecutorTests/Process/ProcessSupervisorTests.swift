import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import SchedulerTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProcessSupervisorTests {
    @Test("Exit code, both streams and the last line of standard error arrive")
    func capture() async throws {
        let bench = try ProcessBench()
        let outcome = try await bench.run(
            bench.shell("echo one; echo two >&2; printf '\\033[31mthree\\033[0m\\n\\n' >&2; exit 3")
        )
        #expect(outcome == ProcessOutcome(ending: .exited(code: 3), lastErrorLine: "three"))
        let log = bench.text("log")
        #expect(log.contains("one\n") && log.contains("two\n") && log.contains("three"))
    }

    @Test("A signal of somebody else is reported as such")
    func foreignSignal() async throws {
        let bench = try ProcessBench()
        let outcome = try await bench.run(bench.shell("kill -9 $$"))
        #expect(outcome == ProcessOutcome(ending: .signalled(signal: SIGKILL)))
    }

    @Test("Output can be read while the process runs")
    func readableAtOnce() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let gate = try bench.signalPipe("gate")
        let process = try await bench.start(
            bench.shell("echo begun; echo go > $DIR/signals; read line < $DIR/gate; exit 0")
        )
        _ = await pipe.line()
        #expect(await eventually { bench.text("log") == "begun\n" })
        #expect(isAlive(process.identity.pid))
        gate.send()
        #expect(await process.outcome().ending == .exited(code: 0))
    }

    @Test("A43 100 MB of output are drained, the log keeps its cap and one marker")
    func flood() async throws {
        let bench = try ProcessBench()
        var specification = bench.shell("head -c 100000000 /dev/zero; echo end >&2")
        specification.log.cap = 1000
        let outcome = try await bench.run(specification)
        #expect(outcome == ProcessOutcome(ending: .exited(code: 0), lastErrorLine: "end", outputWasCut: true))
        #expect(bench.text("log").drop { $0 == "\0" } == "\n[output cut: the limit of 1000 bytes is reached]\n")
        #expect(bench.text("log").prefix { $0 == "\0" }.utf8.count == 1000)
    }

    @Test("I63 Captured output equals the bytes of the job up to the cap, whatever bytes they are")
    func anyBytes() async throws {
        var random = SeededRandom(seed: 63)
        let cap = 50_000
        for size in [0, 1, 4095, 4096, 65_536 - 1, 65_537, cap - 1, cap, cap + 1, 200_000] {
            let bench = try ProcessBench()
            let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            try Data(bytes).write(to: URL(filePath: bench.file("source")))
            // In pieces of a random size, so that no border of a read or a write is the same twice.
            var specification = bench.shell("dd if=$DIR/source bs=\(1 + random.next() % 9000) status=none")
            specification.log.cap = Int64(cap)
            let outcome = try await bench.run(specification)
            let log = FileManager.default.contents(atPath: bench.file("log")) ?? Data()
            #expect(log.prefix(cap) == Data(bytes.prefix(cap)), "\(size) bytes")
            #expect(outcome.outputWasCut == (size > cap), "\(size) bytes")
            let marker = size > cap ? "\n[output cut: the limit of \(cap) bytes is reached]\n" : ""
            #expect(log.dropFirst(min(size, cap)) == Data(marker.utf8), "\(size) bytes")
        }
    }

    @Test("A later attempt continues the log within the same cap")
    func continuedLog() async throws {
        let bench = try ProcessBench()
        var specification = bench.shell("printf 12345678")
        specification.log.cap = 12
        #expect(try await !bench.run(specification).outputWasCut)
        #expect(try await bench.run(specification).outputWasCut)
        #expect(bench.text("log") == "123456781234\n[output cut: the limit of 12 bytes is reached]\n")
    }

    @Test("Redirected standard output goes to its own file, standard error to the log")
    func redirection() async throws {
        let bench = try ProcessBench()
        var specification = bench.shell("echo out; echo err >&2")
        specification.redirectedOutput = .init(path: bench.file("result"), cap: 100, replaces: true)
        _ = try await bench.run(specification)
        _ = try await bench.run(specification)
        #expect(bench.text("result") == "out\n")
        #expect(bench.text("log") == "err\nerr\n")
    }

    @Test("Closed streams end nothing")
    func closedStreams() async throws {
        let bench = try ProcessBench()
        let pipe = try bench.signalPipe()
        let process = try await bench.start(bench.shell("exec >&- 2>&-; echo closed > $DIR/signals; exit 5"))
        #expect(await pipe.line() == "closed")
        #expect(await process.outcome().ending == .exited(code: 5))
    }

    @Test(
        "What cannot be executed is told with its errno",
        arguments: [
            ("/nonexistent/program", ENOENT), ("no-such-program", ENOENT), ("/etc/passwd", EACCES), ("/tmp", EACCES),
        ]
    )
    func missingProgram(program: String, code: Int32) async throws {
        let bench = try ProcessBench()
        let outcome = try await bench.run(bench.specification([program]))
        #expect(outcome.ending == .failedToStart(ProcessStartFailure(step: .execution, code: code)))
    }

    @Test("A work directory that is not there is told")
    func missingDirectory() async throws {
        let bench = try ProcessBench()
        var specification = bench.shell("true")
        specification.workingDirectory = bench.file("absent")
        let outcome = try await bench.run(specification)
        #expect(outcome.ending == .failedToStart(ProcessStartFailure(step: .directory, code: ENOENT)))
    }

    @Test("A40 An argument is one argument whatever it contains")
    func hostileArgument() async throws {
        let bench = try ProcessBench()
        let value = "; rm -rf / $(id) `id` \"' *\n"
        let words = try CommandWords(splitting: "/bin/echo -n '${ESS_REQ:x}' last").words
        let arguments = words.map { $0 == "${ESS_REQ:x}" ? value : $0 }
        _ = try await bench.run(bench.specification(arguments))
        #expect(bench.text("log") == "\(value) last")
    }

    @Test("A41 The job sees the given environment, an empty input, no descriptor of the server, a mask of 077")
    func surroundings() async throws {
        let bench = try ProcessBench()
        var specification = bench.shell(
            "env -u PWD -u SHLVL -u _ -u OLDPWD | sort; ls /proc/self/fd; umask; cat; ulimit -c"
        )
        specification.environment = ["PATH": ProcessBench.path, "REQUESTID": "7"]
        let held = open("/dev/null", O_RDONLY)  // without close-on-exec
        defer { close(held) }
        #expect(try await bench.run(specification).ending == .exited(code: 0))
        // Descriptor 3 is the listing's own.
        #expect(bench.text("log") == "PATH=\(ProcessBench.path)\nREQUESTID=7\n0\n1\n2\n3\n0077\n0\n")
    }

    @Test("The process leads its own session and group, without ignored signals or new privileges")
    func session() async throws {
        let bench = try ProcessBench()
        signal(SIGPIPE, SIG_IGN)
        let files = ["/proc/self/stat", "/proc/self/status"]
        let process = try await bench.start(
            bench.specification(["/bin/grep", "-hE", "^[0-9]|SigBlk|SigIgn|NoNewPrivs"] + files)
        )
        #expect(await process.outcome().ending == .exited(code: 0))
        let found = bench.text("log").split(separator: "\n")
        let stat = try #require(found.first?.split(separator: " "))
        let pid = String(process.identity.pid)
        #expect([stat[0], stat[4], stat[5]] == [pid[...], pid[...], pid[...]])
        let values = found.dropFirst().compactMap { $0.split(separator: "\t").last }
        #expect(values == ["0000000000000000", "0000000000000000", "1"])
    }

    @Test("A43 Limits hold")
    func limits() async throws {
        let bench = try ProcessBench()
        var specification = bench.shell("ulimit -t; ulimit -v; ulimit -n; head -c 5000 /dev/zero > $DIR/big; echo $?")
        specification.limits = ProcessLimits(cpu: 5, memory: 200 << 20, fileSize: 4096, files: 64)
        #expect(try await bench.run(specification).ending == .exited(code: 0))
        #expect(bench.text("log").split(separator: "\n").filter { Int($0) != nil } == ["5", "204800", "64", "153"])
        #expect(bench.size("big") == 4096)

        var hungry = bench.specification(["/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=300M", "count=1"])
        hungry.limits = specification.limits
        #expect(try await bench.run(hungry).ending == .exited(code: 1))
    }

    @Test("As root, a job of nobody has nobody's numbers, groups and no powers", .enabled(if: runsAsRoot))
    func otherUser() async throws {
        let bench = try ProcessBench()
        let nobody = try #require(try JobUser.lookUp("nobody"))
        var specification = bench.shell(
            "id -u; id -g; id -G; grep -E 'Cap(Inh|Prm|Eff|Amb)' /proc/self/status | cut -f2"
        )
        specification.user = nobody
        let outcome = try await bench.run(specification)
        #expect(outcome.ending == .exited(code: 0))
        let none = "0000000000000000"
        #expect(
            bench.text("log").split(separator: "\n") == [
                "65534", "65534", "65534", "\(none)", "\(none)", "\(none)", "\(none)",
            ]
        )
    }

    @Test("A program that its user may not enter or run fails, though the server may", .enabled(if: runsAsRoot))
    func otherUsersRights() async throws {
        let bench = try ProcessBench()
        try #require(mkdir(bench.file("private"), 0o700) == 0)
        var specification = bench.shell("true")
        specification.user = try JobUser.lookUp("nobody")
        specification.workingDirectory = bench.file("private")
        let outcome = try await bench.run(specification)
        #expect(outcome.ending == .failedToStart(ProcessStartFailure(step: .directory, code: EACCES)))
    }
}
