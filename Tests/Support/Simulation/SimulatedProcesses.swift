package import SchedulerCore
import Synchronization

/// The processes of all jobs, as the operating system knows them: they outlive the nodes that started them.
package final class SimulatedProcesses: Sendable {
    private let alive = Mutex<Set<ProcessIdentity>>([])

    package init() {}

    package func begin(_ identity: ProcessIdentity) { alive.withLock { _ = $0.insert(identity) } }

    package func end(_ identity: ProcessIdentity) { alive.withLock { _ = $0.remove(identity) } }

    package func isAlive(_ identity: ProcessIdentity) -> Bool { alive.withLock { $0.contains(identity) } }
}
