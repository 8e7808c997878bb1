import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request unsubscribe`.
struct RequestUnsubscribe: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "unsubscribe",
        abstract: "End the subscription of a request; what was not delivered yet is dropped."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        try await session.client.send(.unsubscribe(RequestID(id)))
        return try await RequestOutcome.show(id, in: session)
    }
}
