package import SchedulerCore
import Synchronization

/// Whether the node joined while something was bound to all others: then it waits until something is bound to it, and
/// does so over its restarts, since its last offer tells of it (administration §4, 4).
package final class Newcomer: Sendable {
    private let name: String
    private let model: @Sendable () -> WorkModel
    private let waits = Mutex(false)

    /// - Parameters:
    ///   - name: of the node.
    ///   - model: of the assignments in force.
    package init(name: String, model: @escaping @Sendable () -> WorkModel) {
        self.name = name
        self.model = model
    }

    /// Whether it waits still: the first binding ends that for good.
    package var isWaiting: Bool {
        waits.withLock { waits in
            if waits, model().isBound(name) { waits = false }
            return waits
        }
    }

    /// Decides what the node is.
    ///
    /// - Parameter nodes: as they were before it joined.
    package func join(_ nodes: [NodeStatus]) {
        let others = nodes.filter { $0.isAlive && $0.name != name }.map(\.name)
        // A start that ended before it told anything leaves the node as new as it was.
        let waited = nodes.first { $0.name == name }?.start?.offer?.isNewcomer
        waits.withLock { $0 = waited ?? model().leavesAside(name, among: others) }
    }
}
