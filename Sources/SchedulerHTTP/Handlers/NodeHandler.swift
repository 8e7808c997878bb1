import HTTPTypes
import Hummingbird
import SchedulerAPI
import SchedulerCore
import SchedulerEngine

/// Nodes under `/api/v1`, and Oracle's quiesceState (administration §4, REST §5.11).
struct NodeHandler {
    let nodes: NodeService

    func list(_ call: Call) async throws -> Answer {
        answer(try await nodes.nodes(caller: call.requireCaller()), call)
    }

    func node(_ call: Call) async throws -> Answer {
        answer(try await nodes.node(call.path.subject, caller: call.requireCaller()), call)
    }

    func changeNode(_ operation: NodeService.Operation, _ call: Call) async throws -> Answer {
        let (name, caller) = (call.path.subject, try call.requireCaller())
        return answer(try await nodes.perform(operation, onNode: name, caller: caller, call: call.idempotent), call)
    }

    func changeCluster(_ operation: NodeService.Operation, _ call: Call) async throws -> Answer {
        let (name, caller) = (call.path.subject, try call.requireCaller())
        return answer(try await nodes.perform(operation, onCluster: name, caller: caller, call: call.idempotent), call)
    }

    func set(_ duty: NodeDuty, isStopped: Bool, _ call: Call) async throws -> Answer {
        let node = try await nodes.set(
            duty,
            isStopped: isStopped,
            onNode: call.path.subject,
            caller: call.requireCaller(),
            call: call.idempotent
        )
        return answer(node, call)
    }

    /// An empty name is none.
    func quiesceState(_ call: Call) async throws -> Answer {
        guard let cluster = call.query["clusterName"], !cluster.isEmpty else {
            throw SchedulerError(5003, "clusterName")
        }
        let server = call.query["serverName"].flatMap { $0.isEmpty ? nil : $0 }
        let servers = try await nodes.servers(ofCluster: cluster, named: server, caller: call.requireCaller())
        return call.answer(QuiesceStateAnswer(clusterName: nodes.clusterName, servers: servers).encoded, as: .report)
    }

    private func answer(_ node: NodeStatus, _ call: Call) -> Answer {
        call.answer(NodeAnswer(node: node, clusterName: nodes.clusterName).encoded)
    }

    private func answer(_ all: [NodeStatus], _ call: Call) -> Answer {
        call.answer(NodeListAnswer(nodes: all, clusterName: nodes.clusterName).encoded)
    }
}
