package import SchedulerCore

/// A node as `/api/v1/nodes` shows it (administration §4).
package struct NodeAnswer: Sendable {
    package let node: NodeStatus
    package let clusterName: String

    package init(node: NodeStatus, clusterName: String) {
        self.node = node
        self.clusterName = clusterName
    }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        write(to: &writer)
        return writer.bytes
    }

    /// Of a node of which only the name is known there is nothing of a start.
    func write(to writer: inout JSONWriter) {
        let start = node.start
        writer.beginObject()
        writer.member("clusterName", clusterName)
        writer.member("id", start?.record.id.value)
        writer.member("isClusterQuiesced", node.isClusterQuiesced)
        writer.member("isQuiesced", node.isQuiesced)
        writer.member("joinedTime", start?.joinedTime)
        writer.name("leads")
        writer.beginArray()
        for role in node.leads { writer.value(role.rawValue) }
        writer.endArray()
        writer.member("leaseEndTime", start?.leaseEnd)
        writer.member("name", node.name)
        writer.member("processId", start.map { Int64($0.record.process.pid) })
        writer.member("quiesceState", node.quiesceState.rawValue)
        writer.member("running", node.running)
        writer.member("state", node.state.rawValue)
        if !node.stopped.isEmpty {
            writer.name("stopped")
            writer.beginArray()
            for duty in NodeDuty.allCases where node.stopped.contains(duty) { writer.value(duty.rawValue) }
            writer.endArray()
        }
        writer.member("version", start.flatMap { $0.record.version.isEmpty ? nil : $0.record.version })
        writer.endObject()
    }
}

/// All nodes of a cluster, as lists of `/api/v1` are (administration §3).
package struct NodeListAnswer: Sendable {
    package let nodes: [NodeStatus]
    package let clusterName: String

    package init(nodes: [NodeStatus], clusterName: String) {
        self.nodes = nodes
        self.clusterName = clusterName
    }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 64 + 512 * nodes.count)
        writer.beginObject()
        writer.member("clusterName", clusterName)
        writer.member("count", nodes.count)
        writer.name("items")
        writer.beginArray()
        for node in nodes { NodeAnswer(node: node, clusterName: clusterName).write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
