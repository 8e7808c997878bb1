import ArgumentParser
import SchedulerAPI

/// `escapement node status`.
struct NodeShow: ClientVerb {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Print everything about a node; with --quiet one word.",
        discussion: """
            The word is RUNNING, QUIESCING (what runs there has not ended yet) or QUIESCED (nothing runs there), of a \
            node that does not live LOST or STOPPED.
            """
    )

    @OptionGroup var target: TargetName

    @OptionGroup var connection: ConnectionOptions

    func perform(in session: ClientSession) async throws -> ClientExit {
        let node = try await session.client.send(.node(target.name))
        try session.show(node) {
            [NodeSummary(node: node).word]
        } table: {
            node.listing(first: NodeSummary.fields)
        }
        return .done
    }
}
