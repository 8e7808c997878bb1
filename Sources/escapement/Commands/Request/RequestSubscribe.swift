import ArgumentParser
import SchedulerAPI
import SchedulerCore

/// `escapement request subscribe`.
struct RequestSubscribe: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "subscribe",
        abstract: "Have a URL called when a request ends, and at the end of each instance of a recurring one.",
        discussion: "An earlier subscription is replaced."
    )

    @Argument(help: "Id of the request.")
    var id: Int64

    @Option(help: ArgumentHelp("First part of the URL.", valueName: "url"))
    var urlPrefix: String

    @Option(help: ArgumentHelp("Second part of the URL, behind one slash.", valueName: "path"))
    var resourcePath: String

    @Option(help: ArgumentHelp("OWSM_GPA, OWSM_LPA or DIRECT_OAUTH.", valueName: "scheme"))
    var securityScheme: String?

    @Option(help: ArgumentHelp("Token endpoint of DIRECT_OAUTH.", valueName: "url"))
    var accessTokenUri: String?

    @Option(help: ArgumentHelp("OAuth client of OWSM_LPA and DIRECT_OAUTH.", valueName: "id"))
    var clientId: String?

    @Option(
        help: ArgumentHelp(
            "File that only its owner may read, whose first line is the secret of the client; - is standard input.",
            valueName: "path"
        )
    )
    var clientSecretFile: String?

    @Option(help: ArgumentHelp("Stored secret of OWSM_LPA, clientId:clientSecret.", valueName: "name"))
    var credentialKey: String?

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        _ = try scheme
        if clientSecretFile == "-", connection.passwordStdin {
            throw ValidationError("Standard input holds either the secret or the password.")
        }
    }

    private var scheme: CallbackSecurityScheme {
        get throws {
            guard let securityScheme else { return .globalPolicy }
            guard let scheme = CallbackSecurityScheme(rawValue: securityScheme.uppercased()) else {
                throw ValidationError("\"\(securityScheme)\" is no security scheme.")
            }
            return scheme
        }
    }

    func perform(in session: ClientSession) async throws -> ClientExit {
        let subscription = CallbackSubscriptionBody(
            callbackUrlPrefix: urlPrefix,
            callbackResourcePath: resourcePath,
            securityScheme: try scheme,
            accessTokenUri: accessTokenUri,
            clientId: clientId,
            clientSecret: try clientSecretFile.map { SecretText(try firstLine(of: $0, session)) },
            ouath2ClientCsfKey: credentialKey
        )
        _ = try await session.client.send(.subscribe(RequestID(id), subscription))
        return try await RequestOutcome.show(id, in: session)
    }

    private func firstLine(of path: String, _ session: ClientSession) throws -> String {
        guard let line = ClientSurroundings.firstLine(try session.secret(path)) else {
            throw ClientFailure(exit: .usage, message: "\(path) holds no secret")
        }
        return line
    }
}
