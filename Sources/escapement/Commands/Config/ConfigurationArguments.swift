import ArgumentParser

/// The flags of the configuration, for every command that takes them: all arguments that the command
/// itself does not know. The table of keys, not the parser, decides which of them are valid.
struct ConfigurationArguments: ParsableArguments {
    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("Keys of the configuration as flags, see below.", valueName: "--key value")
    )
    var flags: [String] = []

    /// The table of keys as help text.
    static let help = ConfigurationHelp.text(for: .server)
}
