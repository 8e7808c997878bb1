import ArgumentParser

/// `escapement version`.
struct VersionCommand: ParsableCommand {
    /// The version of this build.
    static let current = "0.1.0"

    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() throws {
        try ClientConsole.standard.data("escapement \(Self.current)")
    }
}
