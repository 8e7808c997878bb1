import ArgumentParser
import Glibc

/// `escapement serve`: the server.
struct ServeCommand: AsyncParsableCommand {
    private static let adminPasswordVariable = "ESCAPEMENT_ADMIN_PASSWORD"

    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server until SIGTERM or SIGINT.",
        discussion: ConfigurationArguments.help
    )

    @OptionGroup var arguments: ConfigurationArguments

    func run() async throws {
        let environment = ProcessSurroundings.environment
        let flags = arguments.flags
        let configuration = try ServerConfiguration.load(arguments: flags, environment: environment)
        let server = Server(
            configuration: configuration,
            reread: { try ServerConfiguration.load(arguments: flags, environment: environment) },
            adminPassword: environment[Self.adminPasswordVariable]
        )
        do {
            try await server.run()
        } catch {
            ClientConsole.standard.message("escapement: \(error)")
            throw ExitCode(ConfigurationFailure.exitStatus)
        }
    }
}
