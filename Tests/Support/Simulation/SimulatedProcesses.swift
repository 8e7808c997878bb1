package import SchedulerCore
import Synchronization

/// The processes of all jobs and servers, as the operating system knows them: those of jobs outlive the servers that
/// started them.
package final class SimulatedProcesses: Sendable {
    private struct State {
        var alive: Set<ProcessIdentity> = []
        /// Servers of processes of jobs.
        var servers: [ProcessIdentity: ProcessIdentity] = [:]
        var violations: [String] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Processes that must not have been killed.
    package var violations: [String] { state.withLock { $0.violations } }

    package func begin(_ identity: ProcessIdentity, of server: ProcessIdentity? = nil) {
        state.withLock { state in
            state.alive.insert(identity)
            state.servers[identity] = server
        }
    }

    package func end(_ identity: ProcessIdentity) { state.withLock { _ = $0.alive.remove(identity) } }

    /// Ends what a dead server has left.
    package func reap(_ identity: ProcessIdentity) {
        state.withLock { state in
            guard state.alive.remove(identity) != nil else { return }
            guard let server = state.servers[identity], state.alive.contains(server) else { return }
            state.violations.append("I22 process \(identity.pid) was reaped although its server \(server.pid) lives")
        }
    }

    /// Ends what the servers have left running, as the next one does by their notes, before anything else.
    package func endRemnants(of former: Set<ProcessIdentity>) {
        state.withLock { state in
            state.alive = state.alive.filter { process in !(state.servers[process].map(former.contains) ?? false) }
        }
    }

    package func isAlive(_ identity: ProcessIdentity) -> Bool { state.withLock { $0.alive.contains(identity) } }
}
