import CProcess
@preconcurrency import Glibc
import SchedulerCore

/// A child of this process that it did not start: an orphan of some job, or somebody else's business.
struct AdoptedProcess {
    /// The process it descends from; nil: unknown.
    let origin: ProcessKey?
    /// It carries the tag of some leader, perhaps of a server that ran as a job and is dead: nobody else reaps it.
    let isTagged: Bool
    /// Start of the process; an origin must have started earlier.
    let startTicks: UInt64
    /// How often on end it showed no environment, which alone might tell its origin.
    let vainLooks: Int

    /// Between an exec and the first instruction of the new program the kernel shows no environment: whoever shows
    /// none is looked at again before it is taken for a stranger.
    var isUncertain: Bool { vainLooks > 0 && vainLooks < Self.looksMax }

    private static let looksMax = 10
}

/// Orphans: whoever loses its parent below a job becomes a child of this process, and so does, when a leader has
/// ended, everything that is left of it. Killing children until there are none therefore reaches the whole tree,
/// generation by generation, without ever signalling a number that might have passed to a stranger: the numbers of
/// our own children are free again only after we reap them.
extension ProcessLoop {
    /// Takes in new orphans, reaps dead ones, kills those whose origin has ended, finishes what is then complete.
    func lookAfterChildren() {
        childrenChanged = false
        takeStock()
        reapOrphans()
        for process in sweeping.compactMap({ processes[$0] }) {
            let rest = adopted.filter { belongs($0.value, to: process) }
            for pid in rest.keys { killWithGroup(pid) }
            let mayHaveMore = adopted.values.contains {
                $0.isUncertain && $0.startTicks >= process.identity.startTicks
            }
            // A leader that is traced can be reaped only after its tracer, which may be one of the rest.
            if rest.isEmpty, !mayHaveMore, let end = reap(process) {
                finish(process, end)
            } else {
                let pause = rest.isEmpty && mayHaveMore ? Self.lookPause : Self.sweepPause
                setDeadline(of: process, to: MonotonicClock.now() &+ pause)
            }
        }
    }

    private func reap(_ process: SupervisedProcess) -> cprocess_end? {
        var end = cprocess_end()
        let result = cprocess_reap(process.pid, &end)
        if result == 0 { return nil }
        // Somebody else in this program took it: nobody will ever know how it ended.
        return result > 0 ? end : cprocess_end(code: Int32(CLD_KILLED), status: SIGKILL)
    }

    private func takeStock() {
        let children = ProcessFiles.adoptedChildren()
        if children.isEmpty, adopted.isEmpty { return }
        let leaders = Set(processes.values.map(\.pid))
        let known = adopted
        adopted.removeAll(keepingCapacity: true)
        for pid in children where !leaders.contains(pid) {
            let seen = known[pid]
            adopted[pid] = seen?.isUncertain == false ? seen : classify(pid, vainLooks: seen?.vainLooks ?? 0)
        }
    }

    /// By what it cannot shed first: session and group of a leader, then the inherited tag, then the environment.
    private func classify(_ pid: Int32, vainLooks: Int) -> AdoptedProcess? {
        guard let stat = ProcessFiles.stat(of: pid) else { return nil }
        let tag = ProcessFiles.tag(of: pid)
        var origin = processes.values.first { process in
            process.pid == stat.session || process.pid == stat.group || DescentTag(process.identity) == tag
        }
        var isInVain = false
        if origin == nil, !stat.isDead, processes.values.contains(where: { $0.mark != nil }) {
            let values = ProcessFiles.environmentValues(of: pid)
            isInVain = values.isEmpty
            origin = processes.values.first { process in process.mark.map { values.contains($0) } ?? false }
        }
        return AdoptedProcess(
            origin: origin?.key,
            isTagged: tag != nil,
            startTicks: stat.startTicks,
            vainLooks: isInVain ? vainLooks + 1 : 0
        )
    }

    private func reapOrphans() {
        var end = cprocess_end()
        for (pid, orphan) in adopted where orphan.origin != nil || orphan.isTagged || adoption == .everyChild {
            if cprocess_reap(pid, &end) != 0 { adopted[pid] = nil }
        }
    }

    /// An orphan of unknown origin goes with the last process that can have started it.
    private func belongs(_ orphan: AdoptedProcess, to process: SupervisedProcess) -> Bool {
        if let origin = orphan.origin { return origin == process.key }
        guard adoption == .everyChild else { return false }
        return !processes.values.contains { other in
            other.phase != .sweeping && other.identity.startTicks <= orphan.startTicks
        }
    }

    /// Everybody in the group of an orphan descends from the same job: groups cannot span sessions, and the job began
    /// with a session of its own.
    private func killWithGroup(_ pid: Int32) {
        let group = getpgid(pid)
        if group > 1, group != getpgrp() { kill(-group, SIGKILL) }
        kill(pid, SIGKILL)
    }
}
