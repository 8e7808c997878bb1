import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PostgresTesting
import SchedulerCore

/// A real server in a process and a folder of its own.
final class ServerProcess: @unchecked Sendable {  // Guarded by its test: one task starts and stops it.
    static let password = "correct horse battery staple"

    let baseURL: String
    private let process: Process
    private let ended: AsyncStream<Void>

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// Starts a server and waits for its `ready` line.
    ///
    /// - Parameters:
    ///   - folder: of its data and its log.
    ///   - flags: besides the usual ones.
    ///   - adminPassword: of the environment; nil leaves it to the server.
    ///   - logLevel: of its log.
    /// - Returns: the server.
    /// - Throws: `ServerEnded` with what it said if it ends before.
    static func start(
        _ folder: TestFolder,
        _ flags: [String] = [],
        adminPassword: String? = password,
        logLevel: String = "warning"
    ) async throws -> ServerProcess {
        try await start(
            [Program.executable.path, "serve"]
                + [
                    "--http-port", "0", "--data-dir", folder.path("data"), "--metadata-directory",
                    folder.path("metadata"), "--outbound-allow", "127.0.0.0/8", "--process-allow-root",
                    "--log-level", logLevel,
                ] + flags,
            environment: adminPassword.map { ["ESCAPEMENT_ADMIN_PASSWORD": $0] } ?? [:],
            messages: folder.path("server.log")
        )
    }

    /// Starts a server and waits for its `ready` line.
    ///
    /// - Parameters:
    ///   - command: program and arguments.
    ///   - environment: beyond what every server gets.
    ///   - messages: file of its standard error.
    /// - Returns: the server, ready.
    /// - Throws: `ServerEnded` with what it said if it ends before.
    static func start(
        _ command: [String],
        environment: [String: String],
        messages: String
    ) async throws -> ServerProcess {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"].merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: messages, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: messages)
        let (ended, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        let (lines, line) = AsyncStream<String>.makeStream()
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { line.finish() } else { line.yield(String(decoding: data, as: UTF8.self)) }
        }
        try process.runAlone()
        var text = ""
        for await part in lines {
            text += part
            guard let newline = text.firstIndex(of: "\n") else { continue }
            let first = text[..<newline]
            guard first.hasPrefix("ready http://") else { break }
            return ServerProcess(baseURL: String(first.dropFirst(6)), process: process, ended: ended)
        }
        let said = (try? String(contentsOfFile: messages, encoding: .utf8)) ?? ""
        process.terminate()
        for await _ in ended {}
        throw ServerEnded(text: "\(text)\n\(said)", status: process.isRunning ? -1 : process.terminationStatus)
    }

    private init(baseURL: String, process: Process, ended: AsyncStream<Void>) {
        self.baseURL = baseURL
        self.process = process
        self.ended = ended
    }

    /// Tells it to read configuration and metadata again.
    func reload() { send(SIGHUP) }

    func kill() async {
        send(SIGKILL)
        for await _ in ended {}
    }

    func send(_ signal: Int32) { _ = Foundation.kill(pid, signal) }

    /// Stops it with SIGTERM and returns its exit status; -1 where the test is cancelled before it ends.
    func stop() async -> Int32 {
        process.terminate()
        for await _ in ended {}
        return process.isRunning ? -1 : process.terminationStatus
    }

    struct Reply {
        let status: UInt
        let body: String
        let headers: [(String, String)]

        /// The first integer member of that name.
        func integer(_ name: String) -> Int64? {
            guard let start = body.range(of: "\"\(name)\":") else { return nil }
            return Int64(body[start.upperBound...].prefix { $0.isNumber || $0 == "-" })
        }

        /// The first string member of that name; without escapes.
        func text(_ name: String) -> String? {
            guard let start = body.range(of: "\"\(name)\":\"") else { return nil }
            return String(body[start.upperBound...].prefix { $0 != "\"" })
        }

        func header(_ name: String) -> String? {
            headers.first { $0.0.lowercased() == name.lowercased() }?.1
        }
    }

    /// Calls the API as `admin`, or as nobody.
    func call(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        asAdmin: Bool = true,
        password: String = password,
        headers: [(String, String)] = [],
        client: HTTPClient = .shared,
        timeout: TimeAmount = .seconds(30)
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = .init(rawValue: method)
        if asAdmin {
            let credentials = Data("admin:\(password)".utf8).base64EncodedString()
            request.headers.add(name: "Authorization", value: "Basic \(credentials)")
        }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await client.execute(request, timeout: timeout)
        let bytes = try await response.body.collect(upTo: 16 << 20)
        return Reply(
            status: response.status.code,
            body: String(buffer: bytes),
            headers: response.headers.map { ($0.name, $0.value) }
        )
    }

    static let requests = "/ess/rest/scheduler/v1/requests"
}

/// The server ended, or answered, otherwise than the test wanted.
struct ServerEnded: Error, CustomStringConvertible {
    let text: String
    /// Exit status, where it ended.
    var status: Int32 = 0
    var description: String { text }
}
