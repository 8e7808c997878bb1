import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request get`.
struct RequestGet: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print everything about a request; with --quiet only its state."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let details = try await session.client.send(.request(RequestID(id)))
        try session.show(details) {
            [details.cell("state")]
        } table: {
            details.listing(first: RequestSummary.fields)
        }
        return .done
    }
}
