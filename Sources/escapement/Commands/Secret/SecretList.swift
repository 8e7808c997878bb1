import ArgumentParser
import SchedulerAPI

/// `escapement secret list`.
struct SecretList: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the secrets and whom they serve, without their values; with --quiet only their names."
    )

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.secrets)
        try SecretsOutcome(secrets: reply.items).show(reply, in: session)
        return .done
    }
}
