/// Shows where a node stands.
struct NodeOutcome {
    let reply: ReplyValue

    func show(in session: ClientSession) throws {
        let summary = NodeSummary(node: reply)
        try session.show(reply) {
            [summary.word]
        } table: {
            TextTable.render(header: NodeSummary.header, rows: [summary.row])
        }
    }
}
