import ArgumentParser

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
        let node = try await session.client.node(target.name)
        if session.form == .table, !session.isQuiet {
            try session.console.data(node.listing(first: NodeSummary.fields))
        } else {
            try NodeOutcome(reply: node).show(in: session)
        }
        return .done
    }
}
