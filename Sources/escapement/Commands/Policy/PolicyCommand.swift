import ArgumentParser

/// `escapement policy`: removes what has ended long ago.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Run a purge policy now; show the runs of all.",
        subcommands: [PolicyRun.self, PolicyRuns.self]
    )
}
