import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement secret set`.
struct SecretSet: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set a secret, in place of the one of its name.",
        discussion: """
            The value is what the file holds without a line end at its end. Requests whose definition no \
            --definitions takes in cannot use it; without the option none can.
            """
    )

    @Argument(help: "Name of the secret.")
    var name: String

    @Option(help: ArgumentHelp("File with the value, which only its owner may read; - is standard input."))
    var valueFile: String

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Whose requests may use it, as in grants: acme.gl.* or JobDefinition://acme/gl/Post.")
    )
    var definitions: [String] = []

    @OptionGroup var connection: ConnectionOptions

    func validate() throws { _ = try patterns }

    private var patterns: [ResourcePattern] {
        get throws {
            try definitions.map { text in
                guard let pattern = ResourcePattern(text) else {
                    throw ValidationError("\"\(text)\" is no pattern of definitions.")
                }
                return pattern
            }
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let secret = SecretBody(value: SecretText(try value(session)), definitions: try patterns)
        let reply = try await session.client.send(.putSecret(name, secret))
        try SecretsOutcome(secrets: [reply]).show(reply, in: session)
        return .done
    }

    private func value(_ session: ClientSession) throws(ClientFailure) -> String {
        var bytes = try session.secret(valueFile)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ClientFailure(exit: .badInput, message: "\(valueFile) is no text in UTF-8")
        }
        return text
    }
}
