import Foundation
package import PostgresClient
import Synchronization

/// A PostgreSQL of the tests' own (`scripts/private-postgres.sh`). It ends with this process, however that ends, as
/// the script waits for the end of a pipe.
package final class PrivatePostgres: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// One for the whole test run, started when it is first wanted.
    private static let started = Result { try PrivatePostgres() }

    /// As `started`, for tests of what lies above the store: what it has committed need not survive a loss of power.
    private static let startedHasty = Result { try PrivatePostgres(settings: ["fsync": "off"]) }

    /// Leads to the database, as its superuser.
    package let uri: String
    private let process: Process
    private let input: FileHandle
    private let output: FileHandle
    private let schemas = Atomic<Int>(0)

    /// Starts a server; where several tests can share one, take `shared`.
    ///
    /// - Parameters:
    ///   - settings: of postgresql.conf.
    ///   - launcher: command that starts the script, such as one that puts it into another network.
    /// - Throws: `Failure`, if it does not start; the script says why on standard error.
    package init(settings: [String: String] = [:], launcher: [String] = []) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("scripts/private-postgres.sh")
        let input = Pipe()
        let output = Pipe()
        // Other processes that tests start must not keep the server running.
        _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        process = Process()
        let command = launcher + [script.path] + settings.map { "\($0.key)=\($0.value)" }
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        try process.runAlone()
        self.input = input.fileHandleForWriting
        self.output = output.fileHandleForReading
        uri = try Self.line(from: self.output)
    }

    package static func shared() throws -> PrivatePostgres { try started.get() }

    package static func hasty() throws -> PrivatePostgres { try startedHasty.get() }

    package var options: PostgresOptions { PostgresOptions(uri: uri) }

    /// Makes a schema for one test.
    ///
    /// - Parameter name: begins the schema's name.
    /// - Returns: the new, empty schema.
    /// - Throws: `PostgresError`.
    package func schema(_ name: String = "case") throws -> TestSchema {
        let schema = TestSchema(server: self, name: "\(name)_\(schemas.add(1, ordering: .relaxed).newValue)")
        try PostgresConnection(options).execute("CREATE SCHEMA \(schema.name)")
        return schema
    }

    /// Disconnects all and stops; blocks until it has. Not for the shared one.
    package func stop() throws { try send("stop") }

    package func start() throws { try send("start") }

    package func restart() throws { try send("restart") }

    /// As `restart`, but as if the power had failed.
    package func crash() throws { try send("crash") }

    /// Makes a hot standby that every commit waits for.
    ///
    /// - Returns: a URI with both servers, for those who look for the one that writes.
    /// - Throws: `Failure`.
    package func standby() throws -> String { try answer(to: "standby") }

    /// The primary fails for good, and the standby takes its place.
    package func promote() throws { try send("promote") }

    /// Ends the server and removes its data.
    package func remove() throws {
        try input.close()
        process.waitUntilExit()
    }

    private func answer(to command: String) throws -> String {
        try input.write(contentsOf: Data("\(command)\n".utf8))
        return try Self.line(from: output)
    }

    private func send(_ command: String) throws {
        let answer = try answer(to: command)
        guard answer == "done" else { throw Failure(description: "\(command): \(answer)") }
    }

    private static func line(from handle: FileHandle) throws -> String {
        var bytes = Data()
        while bytes.last != UInt8(ascii: "\n") {
            guard let more = try handle.read(upToCount: 1), !more.isEmpty else {
                throw Failure(description: "the private PostgreSQL did not start, or ended")
            }
            bytes += more
        }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }
}
