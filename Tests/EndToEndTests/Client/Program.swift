import Foundation
import PostgresTesting

/// The built program as a process.
struct Program {
    struct Result {
        let status: Int32
        let output: String
        let messages: String
    }

    private let process: Process
    private let output: Pipe
    private let messages: Pipe

    /// Runs the program to its end, with no environment but the given one.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String = ""
    ) throws -> Result {
        try start(arguments, environment: environment, input: input).finish()
    }

    static func start(
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String = ""
    ) throws -> Program {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        let (standardInput, output, messages) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = messages
        try process.runAlone()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        return Program(process: process, output: output, messages: messages)
    }

    func interrupt() { process.interrupt() }

    func finish() throws -> Result {
        let written = try output.fileHandleForReading.readToEnd() ?? Data()
        let said = try messages.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: written, as: UTF8.self),
            messages: String(decoding: said, as: UTF8.self)
        )
    }

    /// The program lies beside the test runner.
    static var executable: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(
            path: "escapement"
        )
    }
}
