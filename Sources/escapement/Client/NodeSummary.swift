/// The members of a node that lists and results show.
struct NodeSummary: Sendable {
    static let fields = [
        "name", "state", "quiesceState", "running", "leads", "version", "processId", "joinedTime", "leaseEndTime",
    ]
    static let header = [
        "NODE", "STATE", "QUIESCE-STATE", "RUNNING", "LEADS", "VERSION", "PROCESS", "JOINED", "LEASE-END",
    ]

    let node: ReplyValue

    var row: [String] { Self.fields.map { name in node[name]?.cell ?? "" } }

    var name: String { node["name"]?.text ?? "" }

    /// How far the node has come with resting; of one that does not live, that.
    var word: String {
        let state = node["state"]?.text ?? ""
        return state == "RUNNING" ? node["quiesceState"]?.text ?? "" : state
    }

    /// Whether it starts nothing because no node does.
    var restsWithCluster: Bool { node["isClusterQuiesced"] == .flag(true) }

    /// Whether it starts nothing because of itself.
    var restsByItself: Bool { node["isQuiesced"] == .flag(true) }
}
