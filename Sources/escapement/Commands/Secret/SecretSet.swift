import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement secret set`.
struct SecretSet: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set a secret, in place of the one of its name.",
        discussion: """
            The value is what the file holds, without a line end at its end. A secret that is there keeps the \
            definitions that it has when the command begins, unless others are given; a new one needs some, or \
            --no-definitions.
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

    @Flag(help: "Let no requests use it.")
    var noDefinitions = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        if noDefinitions, !definitions.isEmpty {
            throw ValidationError("--definitions and --no-definitions exclude each other.")
        }
        if valueFile == "-", connection.passwordStdin {
            throw ValidationError("Standard input holds either the value or the password.")
        }
        _ = try Self.patterns(definitions)
    }

    private static func patterns(_ texts: [String]) throws -> [ResourcePattern] {
        try texts.map { text in
            guard let pattern = ResourcePattern(text) else {
                throw ValidationError("\"\(text)\" is no pattern of definitions.")
            }
            return pattern
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let value = SecretText(try value(session))
        let secret = SecretBody(value: value, definitions: try await patterns(session))
        let reply = try await session.client.send(.putSecret(name, secret))
        try SecretsOutcome(secrets: [reply]).show(reply, in: session)
        return .done
    }

    private func patterns(_ session: ClientSession) async throws -> [ResourcePattern] {
        guard definitions.isEmpty, !noDefinitions else { return try Self.patterns(definitions) }
        do {
            return try Self.patterns(try await session.client.send(.secret(name)).definitions)
        } catch let failure as ClientFailure where failure.errorCode == "ESS-30001" {
            let message = "\(name) is new: say by --definitions whose requests may use it, or --no-definitions"
            throw ClientFailure(exit: .usage, message: message)
        }
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
