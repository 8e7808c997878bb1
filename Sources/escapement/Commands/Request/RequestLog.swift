import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request log`.
struct RequestLog: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Print the end of the log of a request."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Option(help: "How many lines of what is there already.")
    var lines = 1000

    @Flag(help: "Go on until the request has ended.")
    var follow = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        if lines < 1 { throw ValidationError("--lines takes a number of at least 1.") }
        if follow, connection.output != .table {
            throw ValidationError(
                "--follow passes text on; it does not go with --output \(connection.output.rawValue)."
            )
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        if follow {
            _ = try await RequestWaiter(session: session).follow(id, lines: lines)
            return .done
        }
        let log = try await session.client.send(.log(RequestID(id), tail: lines))
        if session.form == .table { try session.console.raw(log) }
        let text = String(decoding: log, as: UTF8.self)
        try session.show(whole: .object(["log": .text(text), "requestId": .whole(id)]))
        return .done
    }
}
