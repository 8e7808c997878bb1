/// A client command that does one thing to all nodes and then shows where they stand.
protocol ClusterActionVerb: ClientVerb {
    static var action: QuiesceAction { get }
    var target: TargetName { get }
}

extension ClusterActionVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        let outcome = NodeListOutcome(reply: try await session.client.perform(Self.action, onCluster: target.name))
        try outcome.show(in: session) { "\($0.word) \($0.name)" }
        let resting = try outcome.nodes().filter(\.restsByItself)
        if Self.action == .resume, !resting.isEmpty {
            session.message("quiesced by themselves and still resting: \(resting.map(\.name).joined(separator: ", "))")
        }
        return .done
    }
}
