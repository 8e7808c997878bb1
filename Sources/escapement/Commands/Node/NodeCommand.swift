import ArgumentParser

/// `escapement node`: shows the nodes of a cluster and lets one rest.
struct NodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node",
        abstract: "Show nodes, keep one from starting requests, let it start again.",
        subcommands: [
            NodeList.self, NodeShow.self, NodeStart.self, NodeStop.self, NodeQuiesce.self, NodeResume.self,
        ]
    )
}
