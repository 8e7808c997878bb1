import SchedulerAPI

/// Shows where the nodes of a cluster stand.
struct NodeListOutcome {
    let nodes: ItemsView<NodeView>

    /// - Parameters:
    ///   - session: where to.
    ///   - word: what a quiet command says of a node.
    /// - Throws: ``ClientFailure`` where it cannot be written.
    func show(in session: ClientSession, word: (NodeSummary) -> String) throws {
        let summaries = nodes.items.map(NodeSummary.init)
        try session.show(nodes) {
            summaries.map(word)
        } table: {
            TextTable.render(header: NodeSummary.header, rows: summaries.map(\.row))
        }
    }
}
