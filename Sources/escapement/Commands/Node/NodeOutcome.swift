/// Shows where a node stands.
struct NodeOutcome {
    let reply: ReplyValue

    func show(in session: ClientSession) throws {
        let summary = NodeSummary(node: reply)
        switch session.form {
        case .json: try session.show(json: reply)
        case .table where session.isQuiet: try session.console.data(summary.word)
        case .table: try session.console.data(TextTable.render(header: NodeSummary.header, rows: [summary.row]))
        }
    }
}
