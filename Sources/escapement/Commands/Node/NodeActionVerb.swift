import SchedulerAPI

/// A client command that does one thing to one node and then shows where that stands.
protocol NodeActionVerb: ClientVerb {
    static var action: QuiesceAction { get }
    var target: TargetName { get }
}

extension NodeActionVerb {
    func perform(in session: ClientSession) async throws -> ClientExit {
        let node = try await session.client.send(.perform(Self.action, onNode: target.name))
        try NodeOutcome(node: node).show(in: session)
        if Self.action == .resume, node.isClusterQuiesced {
            session.message("the node goes on resting: its whole cluster is quiesced")
        }
        return .done
    }
}
