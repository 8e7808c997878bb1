import ArgumentParser

/// `escapement config`: looks at the configuration without starting the server.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check or show the configuration of the server.",
        subcommands: [ConfigCheck.self, ConfigShow.self]
    )
}
