import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import Testing

/// What a killed server leaves behind (runtime §8). The server is a process of its own here, ended by SIGKILL.
@Suite(.timeLimit(.minutes(1)))
struct ProcessRecoveryTests {
    /// Starts a job in a server that then dies; without `release`, before it lets the process go.
    private static func leave(_ script: String, in folder: String, release: Bool) async throws {
        let supervisor = try ProcessSupervisor(adoption: .everyChild, ledgerFolder: folder)
        let prepared = try await supervisor.prepare(
            ProcessSpecification(
                arguments: ["/bin/sh", "-c", script],
                environment: ["PATH": ProcessBench.path, "DIR": folder, "ESS_REQUEST_HANDLE": "mark of \(folder)"],
                workingDirectory: folder,
                log: ProcessSpecification.Sink(path: "\(folder)/log", cap: 1000),
                markVariable: "ESS_REQUEST_HANDLE"
            )
        )
        let identity = prepared.identity
        try "\(identity.pid) \(identity.startTicks)".write(
            toFile: "\(folder)/identity",
            atomically: true,
            encoding: .utf8
        )
        if release {
            _ = prepared.release()
            // The job says when it is time to die.
            var byte: UInt8 = 0
            let die = open("\(folder)/die", O_RDONLY)
            read(die, &byte, 1)
        }
        kill(getpid(), SIGKILL)
    }

    private func identity(in bench: ProcessBench) throws -> ProcessIdentity {
        let numbers = bench.text("identity").split(separator: " ")
        return ProcessIdentity(
            pid: try #require(numbers.first.flatMap { Int32($0) }),
            startTicks: try #require(numbers.last.flatMap { UInt64($0) }),
            bootID: try #require(ProcessFiles.bootID())
        )
    }

    private func recover(_ identity: ProcessIdentity, mark: String? = nil) async throws -> ProcessRecovery.Finding? {
        let remnant = ProcessRecovery.Remnant(identity: identity, mark: mark)
        return try await ProcessRecovery.recover([remnant], patience: .seconds(20))[remnant]
    }

    @Test("A dead server's notes lead to what it left; what a living one has noted is left alone")
    func ledger() async throws {
        let bench = try ProcessBench()
        let folder = bench.folder
        try #require(mkfifo(bench.file("die"), 0o600) == 0)
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            try await Self.leave("echo > $DIR/die; exec sleep 1000", in: folder, release: true)
        }
        let identity = try identity(in: bench)
        #expect(!survivors(of: identity).isEmpty)
        // What this living server notes is its own.
        let supervisor = try ProcessSupervisor(adoption: .markedOnly, ledgerFolder: folder)
        let ended = try await supervisor.prepare(bench.shell("exit 0")).release()
        _ = await ended.outcome()
        let living = try await supervisor.prepare(bench.shell("exec sleep 1000")).release()
        let found = try await ProcessLedger.endRemnants(in: folder, patience: .seconds(20))
        #expect(found == [identity: .killed(processes: 1, leaderWasAlive: true)])
        #expect(survivors(of: identity).isEmpty)
        #expect(!survivors(of: living.identity).isEmpty)
        let again = try await ProcessLedger.endRemnants(in: folder, patience: .seconds(20))
        #expect(again.isEmpty)
        living.terminate(reason: .cancel, grace: .zero)
        _ = await living.outcome()
        await supervisor.close()
        let ledgers = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("-") }
        #expect(ledgers.isEmpty)
    }

    @Test("A server that dies before the gate opens leaves nothing")
    func deathBeforeGate() async throws {
        let bench = try ProcessBench()
        let folder = bench.folder
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            try await Self.leave("echo ran > $DIR/ran", in: folder, release: false)
        }
        let identity = try identity(in: bench)
        #expect(await eventually { survivors(of: identity).isEmpty })
        #expect(bench.size("ran") == -1)
        #expect(try await recover(identity) == .gone)
    }

    @Test("A job that outlived its server is found and killed with all that it started")
    func whole() async throws {
        let bench = try ProcessBench()
        let folder = bench.folder
        try #require(mkfifo(bench.file("die"), 0o600) == 0)
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            try await Self.leave(
                """
                trap '' TERM; sleep 1000 &
                (env -i DIR=$DIR setsid sh -c 'sleep 1000; exit 0' &)
                setsid sleep 1000 &
                echo > $DIR/die; while :; do sleep 1000; done
                """,
                in: folder,
                release: true
            )
        }
        let identity = try identity(in: bench)
        #expect(await eventually { survivors(of: identity).count == 6 })
        // Some, even the leader, may end by themselves when others are killed: numbers are not fixed.
        guard case .killed = try await recover(identity) else {
            Issue.record("nothing was killed")
            return
        }
        #expect(survivors(of: identity).isEmpty)
        #expect(try await recover(identity) == .gone)
    }

    @Test("Descendants are found by tag or mark when the leader is gone", arguments: [true, false])
    func withoutLeader(tagged: Bool) async throws {
        let bench = try ProcessBench()
        let folder = bench.folder
        let go = try bench.signalPipe("go")
        try #require(mkfifo(bench.file("die"), 0o600) == 0)
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, tagged = tagged as Bool] in
            try await Self.leave(
                tagged
                    ? "(env -i setsid sleep 1000 &); echo > $DIR/die; read line < $DIR/go"
                    : """
                    (setsid prlimit --rttime=1000000000 \
                        sh -c 'echo $$ > $DIR/orphan; echo > $DIR/die; exec sleep 1000' &)
                    read line < $DIR/go
                    """,
                in: folder,
                release: true
            )
        }
        let identity = try identity(in: bench)
        go.send()
        #expect(await eventually { ProcessFiles.stat(of: identity.pid)?.startTicks != identity.startTicks })
        let found = try await recover(identity, mark: "mark of \(folder)")
        #expect(found == .killed(processes: 1, leaderWasAlive: false))
        // Adopted by this process when the server died; without its tag the supervisor leaves it alone.
        if let orphan = Int32(bench.text("orphan").dropLast()) { #expect(waitpid(orphan, nil, 0) == orphan) }
    }

    @Test("An identity that does not match kills nobody")
    func strangers() async throws {
        let bench = try ProcessBench()
        let process = try await bench.start(bench.shell("exec sleep 1000"))
        let identity = process.identity
        let earlier = ProcessIdentity(pid: identity.pid, startTicks: identity.startTicks - 1, bootID: identity.bootID)
        let otherBoot = ProcessIdentity(pid: identity.pid, startTicks: identity.startTicks, bootID: "another")
        #expect(try await recover(earlier) == .gone)
        #expect(try await recover(otherBoot) == .otherBoot)
        #expect(try await recover(ProcessIdentity(pid: getpid(), startTicks: 1, bootID: identity.bootID)) == .gone)
        #expect(isAlive(identity.pid))
        process.terminate(reason: .cancel, grace: .zero)
        #expect(await process.outcome().stoppedFor == .cancel)
    }

    @Test("Many remnants need one search, each gets its finding")
    func many() async throws {
        let bench = try ProcessBench()
        let boot = try #require(ProcessFiles.bootID())
        let living = try await bench.start(bench.shell("exec sleep 1000")).identity
        let remnants = (0..<1000).map { ProcessIdentity(pid: 2_000_000 + $0, startTicks: 5, bootID: boot) } + [living]
        let findings = try await ProcessRecovery.recover(remnants.map { .init(identity: $0) }, patience: .seconds(20))
        #expect(findings.count == 1001)
        #expect(findings.values.filter { $0 == .gone }.count == 1000)
        #expect(findings[.init(identity: living)] == .killed(processes: 1, leaderWasAlive: true))
    }
}
