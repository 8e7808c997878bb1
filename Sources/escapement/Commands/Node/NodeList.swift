import ArgumentParser

/// `escapement node list`.
struct NodeList: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the nodes of the cluster; with --quiet only their names."
    )

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        try NodeListOutcome(reply: try await session.client.nodes()).show(in: session) { $0.name }
        return .done
    }
}
