import ArgumentParser

/// `escapement request recover`.
struct RequestRecover: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Decide what becomes of a request whose outcome is not known.",
        discussion: """
            It is possible in state ERROR_MANUAL_RECOVERY, and for a running job whose node is lost. RETRY runs it \
            again, ERROR and CANCELLED end it.
            """
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Option(help: "RETRY, ERROR or CANCELLED.")
    var outcome: String

    @Option(help: "Why, for the audit trail.")
    var reason: String?

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        var body: [String: ReplyValue] = ["outcome": .text(outcome.uppercased())]
        body["reason"] = reason.map { .text($0) }
        try await session.client.decide("recover", body, on: id)
        return try await RequestOutcome.show(id, in: session)
    }
}
