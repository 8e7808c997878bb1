import ArgumentParser

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
        let details = try await session.client.details(id)
        try session.show(details) {
            [details["state"]?.text ?? ""]
        } table: {
            details.listing(first: RequestSummary.fields)
        }
        return .done
    }
}
