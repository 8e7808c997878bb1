import ArgumentParser
import SchedulerAPI

/// `escapement node list`.
struct NodeList: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the nodes of the cluster; with --quiet only their names."
    )

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        try NodeListOutcome(nodes: try await session.client.send(.nodes)).show(in: session) { $0.node.name }
        return .done
    }
}
