import Foundation

/// The server under test, as a process of its own.
final class BenchServer {
    private static let password = "a password for benchmarks"
    /// After SIGTERM; then it is killed.
    private static let stopSeconds = 60.0

    let port: UInt16
    let messages: Messages
    /// From before the process was made until its ready line was read.
    let startSeconds: Double
    /// Other nodes of its cluster.
    var peers: [BenchServer] = []
    private let process: Process

    var pid: Int32 { process.processIdentifier }

    /// Starts a server and waits for its ready line. The flags come after those for port, folders and the right to run
    /// processes as root.
    init(_ executable: String, _ folder: DataFolder, _ flags: [String] = [], data: String = "data") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments =
            [
                "serve", "--http-host", "127.0.0.1", "--http-port", "0", "--data-dir", folder.path(data),
                "--metadata-directory", folder.path("metadata"), "--process-allow-root",
            ] + flags
        process.environment = ["ESCAPEMENT_ADMIN_PASSWORD": Self.password, "PATH": "/usr/bin:/bin"]
        let log = folder.path("\(data).log")
        guard FileManager.default.createFile(atPath: log, contents: nil) else {
            throw BenchmarkError("\(log) cannot be made")
        }
        process.standardError = FileHandle(forWritingAtPath: log)
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        let start = Instant.monotonic()
        try process.run()
        self.process = process
        var line = ""
        while !line.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else {
                let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                throw BenchmarkError("the server ended at its start: \(line)\(said)")
            }
            line += String(decoding: data, as: UTF8.self)
        }
        startSeconds = Instant.seconds(since: start)
        let address = line.prefix { $0 != "\n" }
        guard address.hasPrefix("ready http://"), let port = address.split(separator: ":").last.flatMap({ UInt16($0) })
        else { throw BenchmarkError("the server said \(address) instead of its ready line") }
        self.port = port
        messages = Messages(port: port, password: Self.password)
        // The first call proves the password, which is slow on purpose; the proof is remembered.
        try Connection(port: port).exchange(messages.get(Messages.requests + "?limit=1"), expecting: 200)
    }

    /// Of all nodes.
    var ports: [UInt16] { [port] + peers.map(\.port) }
    var pids: [Int32] { [pid] + peers.map(\.pid) }

    /// Of all nodes.
    func cpuSeconds() throws -> Double { try pids.reduce(0) { $0 + (try ProcessStatistics.cpuSeconds(of: $1)) } }

    /// Ends the server in good order.
    func stop() throws {
        process.terminate()
        let start = Instant.monotonic()
        while process.isRunning, Instant.seconds(since: start) < Self.stopSeconds { usleep(5_000) }
        guard process.isRunning else { return }
        kill(pid, SIGKILL)
        throw BenchmarkError("the server did not end within \(Self.stopSeconds) s after SIGTERM")
    }

    /// Runs `body` with a server that is gone afterwards, whatever happens.
    static func with<Value>(
        _ executable: String,
        _ folder: DataFolder,
        _ flags: [String] = [],
        _ body: (BenchServer) throws -> Value
    ) throws -> Value {
        let server = try BenchServer(executable, folder, flags)
        let result = Result { try body(server) }
        do { try server.stop() } catch  where (try? result.get()) == nil {}
        return try result.get()
    }
}
