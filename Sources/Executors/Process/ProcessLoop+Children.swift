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
    /// Since when it has shown no environment, which alone might tell its origin; nil where it has shown one, or need
    /// not. Nanoseconds of the loop's clock.
    let bareSince: UInt64?
    /// Between an exec and the first instruction of the new program the kernel shows no environment: whoever shows
    /// none is looked at again, and for some time, before it is taken for a stranger.
    let isUncertain: Bool
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
            // An environment can tell of nothing but a mark.
            let mayHaveMore =
                process.mark != nil
                && adopted.values.contains { $0.isUncertain && $0.startTicks >= process.identity.startTicks }
            // A leader that is traced can be reaped only after its tracer, which may be one of the rest.
            if rest.isEmpty, !mayHaveMore, let end = reap(process) {
                finish(process, end)
            } else {
                setDeadline(of: process, to: MonotonicClock.now() &+ Self.sweepPause)
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
        nextLook = nil
        let children = ProcessFiles.adoptedChildren()
        if children.isEmpty, adopted.isEmpty { return }
        let leaders = Set(processes.values.map(\.pid))
        let known = adopted
        let now = MonotonicClock.now()
        adopted.removeAll(keepingCapacity: true)
        for pid in children where !leaders.contains(pid) {
            let seen = known[pid]
            let orphan = seen?.isUncertain == false ? seen : classify(pid, bareSince: seen?.bareSince, now: now)
            adopted[pid] = orphan
            if let orphan, orphan.isUncertain, let since = orphan.bareSince {
                // The longer it has been so, the less a moment matters.
                let look = now &+ max(Self.lookPause, (now &- since) / Self.looksPerAge)
                nextLook = min(nextLook ?? .max, look)
            }
        }
    }

    /// By what it cannot shed first: session and group of a leader, then the inherited tag, then the environment.
    private func classify(_ pid: Int32, bareSince: UInt64?, now: UInt64) -> AdoptedProcess? {
        guard let stat = ProcessFiles.stat(of: pid) else { return nil }
        let tag = ProcessFiles.tag(of: pid)
        var origin = processes.values.first { process in
            process.pid == stat.session || process.pid == stat.group || DescentTag(process.identity) == tag
        }
        var isBare = false
        if origin == nil, !stat.isDead, processes.values.contains(where: { $0.mark != nil }) {
            let values = ProcessFiles.environmentValues(of: pid)
            isBare = values.isEmpty
            origin = processes.values.first { process in process.mark.map { values.contains($0) } ?? false }
        }
        let since = isBare ? bareSince ?? now : nil
        return AdoptedProcess(
            origin: origin?.key,
            isTagged: tag != nil,
            startTicks: stat.startTicks,
            bareSince: since,
            // By the time before this look: the last one is never before the end of the span.
            isUncertain: since.map { now - $0 < environmentTime } ?? false
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
