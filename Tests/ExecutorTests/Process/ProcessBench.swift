import Executors
import Foundation
@preconcurrency import Glibc
import SchedulerCore
import Testing

/// A folder and a supervisor for one test.
final class ProcessBench: Sendable {
    let folder: String
    let supervisor: ProcessSupervisor
    /// Bytes of a log, unless a test asks for less.
    static let logCap: Int64 = 1 << 20
    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// `environmentTime`: how long an orphan may show no environment; nil: as long as in a server.
    init(adoption: ProcessSupervisor.Adoption = .markedOnly, environmentTime: Duration? = nil) throws {
        var template = Array("/tmp/escapement-process-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        folder = try #require(made)
        // Jobs of other users pass through.
        #expect(chmod(folder, 0o755) == 0)
        supervisor = try ProcessSupervisor(
            adoption: adoption,
            environmentTime: environmentTime ?? ProcessSupervisor.environmentTimeStandard
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func file(_ name: String) -> String { "\(folder)/\(name)" }

    func text(_ name: String) -> String {
        FileManager.default.contents(atPath: file(name)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    func size(_ name: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: file(name))[.size] as? Int) ?? -1
    }

    func specification(_ arguments: [String]) -> ProcessSpecification {
        ProcessSpecification(
            arguments: arguments,
            environment: ["PATH": Self.path, "DIR": folder],
            workingDirectory: folder,
            log: ProcessSpecification.Sink(path: file("log"), cap: Self.logCap)
        )
    }

    func shell(_ script: String) -> ProcessSpecification { specification(["/bin/sh", "-c", script]) }

    func start(_ specification: ProcessSpecification) async throws -> RunningProcess {
        try await supervisor.prepare(specification).release()
    }

    func run(_ specification: ProcessSpecification) async throws -> ProcessOutcome {
        try await start(specification).outcome()
    }

    /// A named pipe through which processes tell the test what happened.
    func signalPipe(_ name: String = "signals") throws -> SignalPipe { try SignalPipe(path: file(name)) }
}

/// Lines that processes write into a named pipe, one at a time.
final class SignalPipe: Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "signals")

    init(path: String) throws {
        try #require(mkfifo(path, 0o666) == 0 && chmod(path, 0o666) == 0)
        // Both ends, so that it never ends while writers come and go.
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0)
    }

    deinit { close(descriptor) }

    /// The next line; what there is of it where no more has come for a long time.
    func line() async -> String {
        await withCheckedContinuation { continuation in
            queue.async {
                var line: [UInt8] = []
                var byte: UInt8 = 0
                while self.hasMore(), read(self.descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
                    line.append(byte)
                }
                continuation.resume(returning: String(decoding: line, as: UTF8.self))
            }
        }
    }

    /// A read that waits for ever would keep the whole run from its end.
    private func hasMore() -> Bool {
        var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waited, 1, 30_000) == 1
    }

    /// Lets a process go on that reads a line from the pipe.
    func send() { write(descriptor, "\n", 1) }

    func number() async throws -> Int32 { try #require(Int32(await line())) }
}

/// Processes that still carry the tag of a leader, dead ones not counted.
func survivors(of identity: ProcessIdentity) -> [Int32] {
    ProcessFiles.all().filter { pid in
        ProcessFiles.tag(of: pid) == DescentTag(identity) && ProcessFiles.stat(of: pid)?.isDead == false
    }
}

func isAlive(_ pid: Int32) -> Bool { ProcessFiles.stat(of: pid).map { !$0.isDead } ?? false }

/// For what the kernel announces to nobody: looks again and again, for a bounded time, half a millisecond apart.
func eventually(_ condition: () -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition() {
        guard ContinuousClock.now < deadline else { return false }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                usleep(500)
                continuation.resume()
            }
        }
    }
    return true
}

let runsAsRoot = geteuid() == 0
