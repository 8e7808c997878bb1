import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request deliveries`.
struct RequestDeliveries: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "Print who was or is to be told of a request, oldest first; with --quiet only what is not delivered."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.deliveries(RequestID(id)))
        try DeliveriesOutcome(items: reply.items).show(reply, in: session)
        return .done
    }
}
