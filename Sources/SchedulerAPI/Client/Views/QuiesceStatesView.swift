package import SchedulerCore

/// Whether servers start nothing (REST §5.11).
package struct QuiesceStatesView: AnswerView {
    package let json: JSONValue

    package init(_ json: JSONValue) { self.json = json }

    package var clusterName: String? { json.text("clusterName") }

    /// Name and state of each server.
    package var servers: [(serverName: String, quiesceState: QuiesceState)] {
        json.list("servers").compactMap { server in
            guard let name = server.text("serverName"), let state: QuiesceState = server.named("quiesceState") else {
                return nil
            }
            return (name, state)
        }
    }
}
