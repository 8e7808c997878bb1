import HTTPTypes
import SchedulerCore

/// Calls about nodes (administration §4).
extension ServerClient {
    private static let nodes = "/api/v1/nodes"

    /// All nodes of the cluster.
    func nodes() async throws -> ReplyValue { try await json(.get, Self.nodes) }

    func node(_ name: String) async throws -> ReplyValue { try await json(.get, path(toNode: name)) }

    /// The node afterwards.
    func perform(_ action: QuiesceAction, onNode name: String) async throws -> ReplyValue {
        try await json(.post, "\(path(toNode: name))/\(action.rawValue)")
    }

    /// Starts or stops a duty of a node; the node afterwards.
    func perform(_ action: String, duty: String, onNode name: String) async throws -> ReplyValue {
        try await json(.post, "\(path(toNode: name))/\(duty)/\(action)")
    }

    /// All nodes afterwards.
    func perform(_ action: QuiesceAction, onCluster name: String) async throws -> ReplyValue {
        try await json(.post, "/api/v1/clusters/\(PercentEncoding.encoded(name))/\(action.rawValue)")
    }

    private func path(toNode name: String) -> String { "\(Self.nodes)/\(PercentEncoding.encoded(name))" }
}
