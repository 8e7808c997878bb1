package import SchedulerCore

/// A node of the cluster (administration §4).
package struct NodeView: AnswerView {
    package let json: JSONValue
    package let name: String

    package init(_ json: JSONValue) throws(ClientError) {
        self.json = json
        name = try json.needed("name", json.text)
    }

    package var clusterName: String? { json.text("clusterName") }
    package var state: NodeState? { json.named("state") }
    package var quiesceState: QuiesceState? { json.named("quiesceState") }
    /// Whether it starts nothing because of itself.
    package var isQuiesced: Bool { json.flag("isQuiesced") == true }
    /// Whether it starts nothing because no node does.
    package var isClusterQuiesced: Bool { json.flag("isClusterQuiesced") == true }
    /// Requests that it runs.
    package var running: Int? { json.count("running") }
    package var leads: [LeaderRole] { json.names("leads") }
    /// Duties that are switched off.
    package var stopped: [NodeDuty] { json.names("stopped") }
    package var version: String? { json.text("version") }
    package var processId: Int64? { json.whole("processId") }
    package var joinedTime: Timestamp? { json.instant("joinedTime") }
    package var leaseEndTime: Timestamp? { json.instant("leaseEndTime") }
}
