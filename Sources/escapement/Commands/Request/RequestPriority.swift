import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request priority`.
struct RequestPriority: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "priority",
        abstract: "Give a waiting request, and all below it that wait, another priority."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Argument(help: "0, lowest, to 9, highest.")
    var priority: Int

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        _ = try await session.client.send(.setPriority(RequestID(id), priority))
        return try await RequestOutcome.show(id, in: session)
    }
}
