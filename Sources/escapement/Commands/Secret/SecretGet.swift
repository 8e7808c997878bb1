import ArgumentParser
import SchedulerAPI

/// `escapement secret get`.
struct SecretGet: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print whom a secret serves, and who set it last, but not its value."
    )

    @Argument(help: "Name of the secret.")
    var name: String

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let reply = try await session.client.send(.secret(name))
        try SecretsOutcome(secrets: [reply]).show(reply, in: session)
        return .done
    }
}
