import SchedulerAPI

/// Shows where a node stands.
struct NodeOutcome {
    let node: NodeView

    func show(in session: ClientSession) throws {
        let summary = NodeSummary(node: node)
        try session.show(node) {
            [summary.word]
        } table: {
            TextTable.render(header: NodeSummary.header, rows: [summary.row])
        }
    }
}
