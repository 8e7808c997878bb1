import SchedulerAPI

/// A client command that does one thing to all nodes and then shows where they stand.
protocol ClusterActionVerb: ClientVerb {
    static var action: QuiesceAction { get }
    var target: TargetName { get }
}

extension ClusterActionVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        let outcome = NodeListOutcome(
            nodes: try await session.client.send(.perform(Self.action, onCluster: target.name))
        )
        try outcome.show(in: session) { "\($0.word) \($0.node.name)" }
        let resting = outcome.nodes.items.filter(\.isQuiesced)
        if Self.action == .resume, !resting.isEmpty {
            session.message("quiesced by themselves and still resting: \(resting.map(\.name).joined(separator: ", "))")
        }
        return .done
    }
}
