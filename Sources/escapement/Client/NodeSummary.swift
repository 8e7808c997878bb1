import SchedulerAPI
import SchedulerCore

/// The members of a node that lists and results show.
struct NodeSummary: Sendable {
    static let fields = [
        "name", "state", "quiesceState", "running", "leads", "version", "processId", "joinedTime", "leaseEndTime",
    ]
    static let header = [
        "NODE", "STATE", "QUIESCE-STATE", "RUNNING", "LEADS", "VERSION", "PROCESS", "JOINED", "LEASE-END",
    ]

    let node: NodeView

    var row: [String] { node.cells(Self.fields) }

    /// How far the node has come with resting; of one that does not live, that.
    var word: String { (node.state == .running ? node.quiesceState?.rawValue : node.state?.rawValue) ?? "" }
}
