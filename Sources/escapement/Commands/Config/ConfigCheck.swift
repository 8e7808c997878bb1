import ArgumentParser

/// `escapement config check`: says everything that is wrong or doubtful.
struct ConfigCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Print all errors and warnings of the configuration.",
        discussion: ConfigurationArguments.help
    )

    @OptionGroup var arguments: ConfigurationArguments

    func run() throws {
        try Self.check(
            flags: arguments.flags,
            environment: ProcessSurroundings.environment,
            host: .system,
            console: .standard
        )
    }

    /// - Throws: ``ConfigurationFailure`` when the server would not start.
    static func check(
        flags: [String],
        environment: [String: String],
        host: ConfigurationHost,
        console: ClientConsole
    ) throws {
        let configuration = try ServerConfiguration.load(arguments: flags, environment: environment, host: host)
        for warning in configuration.warnings { console.message("configuration warning: \(warning)") }
        try console.data("the configuration is valid")
    }
}
