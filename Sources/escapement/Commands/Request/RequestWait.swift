import ArgumentParser

/// `escapement request wait`.
struct RequestWait: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until a request has ended; the exit status tells how.",
        discussion: """
            0 SUCCEEDED, FINISHED or WARNING, 20 ERROR, 21 WARNING with --strict, 22 CANCELLED, 23 EXPIRED or \
            VALIDATION_FAILED, 24 not within --timeout.
            """
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Flag(help: "Count WARNING as a failure.")
    var strict = false

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let waiter = RequestWaiter(session: session)
        let details = try await waiter.end(of: id)
        try RequestOutcome(details: details).show(in: session)
        return try waiter.verdict(on: details, strict: strict)
    }
}
