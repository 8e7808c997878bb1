import SchedulerCore
import SchedulerEngine
import SchedulerTesting

/// Kills nothing; notes whom it should have killed, and in which state the request was stored then.
struct NotedReaper: AbandonedProcessReaper {
    struct Kill: Hashable, Sendable {
        let process: ProcessIdentity
        let id: RequestID
        let state: RequestState?
    }

    let kills = EventQueue<Kill>()
    var store: MemoryStore?
    /// Servers that are known to be gone.
    var gone: Set<ProcessIdentity> = []

    /// Servers that die with the end of what they run.
    var dying: Set<ProcessIdentity> = []

    func isGone(_ process: ProcessIdentity) -> Bool {
        if gone.contains(process) { return true }
        return dying.contains(process) && store?.snapshot.requests.values.contains { $0.state == .running } == false
    }

    func reap(_ requests: [JobRequest]) async {
        for request in requests {
            guard let process = request.process else { continue }
            let state = store?.snapshot.requests[request.id]?.state
            kills.add(Kill(process: process, id: request.id, state: state))
        }
    }
}
