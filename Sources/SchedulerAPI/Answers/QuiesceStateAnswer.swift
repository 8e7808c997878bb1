package import SchedulerCore

/// Answer to operation 19: how far each server has come with resting (REST §5.11).
package struct QuiesceStateAnswer: Sendable {
    package let clusterName: String
    package let servers: [NodeStatus]

    package init(clusterName: String, servers: [NodeStatus]) {
        self.clusterName = clusterName
        self.servers = servers
    }

    package var encoded: [UInt8] {
        var writer = JSONWriter(capacity: 64 + 96 * servers.count)
        writer.beginObject()
        writer.member("clusterName", clusterName)
        writer.name("servers")
        writer.beginArray()
        for server in servers {
            writer.beginObject()
            writer.member("quiesceState", server.quiesceState.rawValue)
            writer.member("serverName", server.name)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
