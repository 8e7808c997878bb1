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
        try session.show(reply) {
            nodes.map(word)
        } table: {
            TextTable.render(header: NodeSummary.header, rows: nodes.map(\.row))
        }
    }
}
