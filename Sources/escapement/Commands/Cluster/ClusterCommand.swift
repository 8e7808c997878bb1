import ArgumentParser

/// `escapement cluster`: lets all nodes rest.
struct ClusterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Keep all nodes of a cluster from starting requests, let them start again.",
        subcommands: [ClusterQuiesce.self, ClusterResume.self]
    )
}
