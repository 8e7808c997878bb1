import ArgumentParser

/// `escapement secret`: named values that jobs and callbacks use and nobody reads.
struct SecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Show which secrets there are, set and delete them; no command shows a value.",
        subcommands: [SecretList.self, SecretGet.self, SecretSet.self, SecretDelete.self]
    )
}
