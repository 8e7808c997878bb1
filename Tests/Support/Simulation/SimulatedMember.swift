import SchedulerCore
import SchedulerEngine

/// A node of a run: its real loops, its way to the store, and when its own driver would run what cannot wait.
final class SimulatedMember {
    let node: SimulatedNode
    let link: NodeLink
    let view: NodeView
    let clock: SimulatedClock
    /// Instants of the world's monotonic clock at which the loops are due that keep a node alive.
    var due: [String: Duration] = [:]
    /// Loops of which a pass stands still.
    var busy: Set<String> = []
    /// Goes on again, and is connected again, at these instants of the world's monotonic clock.
    var thawTime: Duration?
    var healTime: Duration?

    init(node: SimulatedNode, link: NodeLink, view: NodeView, clock: SimulatedClock) {
        self.node = node
        self.link = link
        self.view = view
        self.clock = clock
    }

    var id: NodeID { node.record.id }

    var gateway: CommandGateway { node.gateway }

    func loop(_ name: String) -> (any EngineLoop)? { node.loops.first { $0.name == name } }

    /// Loops that a driver would never run late for long.
    static let vital = ["fence", "heartbeat"]
}
