import ArgumentParser
import SchedulerAPI

/// `escapement secret delete`.
struct SecretDelete: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Forget a secret; what needs it fails from then on."
    )

    @Argument(help: "Name of the secret.")
    var name: String

    @OptionGroup var connection: ConnectionOptions

    var question: String? { "Delete the secret \(name)?" }

    func perform(in session: ClientSession) async throws -> ClientExit {
        try await session.client.send(.deleteSecret(name))
        try session.show(whole: .object(["name": .text(name)]))
        return .done
    }
}
