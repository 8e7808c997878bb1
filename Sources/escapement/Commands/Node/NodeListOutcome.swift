/// Shows where the nodes of a cluster stand.
struct NodeListOutcome {
    let reply: ReplyValue

    /// - Throws: ``ClientFailure`` where the answer holds no nodes.
    func nodes() throws -> [NodeSummary] {
        guard let items = reply["items"]?.list else {
            throw ClientFailure(exit: .other, message: "the answer holds no list of nodes")
        }
        return items.map(NodeSummary.init)
    }

    /// - Parameters:
    ///   - session: where to.
    ///   - word: what a quiet command says of a node.
    /// - Throws: ``ClientFailure`` where the answer holds no nodes, or cannot be written.
    func show(in session: ClientSession, word: (NodeSummary) -> String) throws {
        let nodes = try nodes()
        switch session.form {
        case .json: try session.show(json: reply)
        case .table where session.isQuiet: for node in nodes { try session.console.data(word(node)) }
        case .table: try session.console.data(TextTable.render(header: NodeSummary.header, rows: nodes.map(\.row)))
        }
    }
}
