import CProcess
@preconcurrency import Glibc
import SchedulerCore

/// Finds and kills, again and again until a look finds nothing: who forks faster than one look is caught by the next.
struct ProcessHunt {
    private typealias Remnant = ProcessRecovery.Remnant

    private struct Victim {
        let pid: Int32
        let startTicks: UInt64
        let remnant: Int
    }

    /// Looks, a millisecond apart, at processes that show no environment: while a program takes another's place the
    /// kernel shows none.
    private static let uncertainLooks = 10
    /// Descriptors held at once.
    private static let batch = 256

    private let remnants: [ProcessRecovery.Remnant]
    private let bootID: String
    private var killed: [Set<ProcessIdentity>]
    /// Processes that are never touched: this one and its ancestors.
    private let spared: Set<Int32>
    /// Whether the last look has met a process that may be a remnant and did not show its environment.
    private var isUncertain = false

    init(remnants: [ProcessRecovery.Remnant], bootID: String) {
        self.remnants = remnants
        self.bootID = bootID
        killed = Array(repeating: [], count: remnants.count)
        spared = Self.lineage()
    }

    /// - Parameter deadline: of `MonotonicClock`.
    /// - Returns: a finding for each remnant.
    mutating func run(until deadline: UInt64) -> [ProcessRecovery.Remnant: ProcessRecovery.Finding] {
        var victims = find()
        var looks = 0
        while !victims.isEmpty || (isUncertain && looks < Self.uncertainLooks), MonotonicClock.now() < deadline {
            if victims.isEmpty {
                looks += 1
                _ = poll(nil, 0, 1)
            }
            var rest = victims[...]
            while !rest.isEmpty {
                kill(rest.prefix(Self.batch), until: deadline)
                rest = rest.dropFirst(Self.batch)
            }
            victims = find()
        }
        var findings: [ProcessRecovery.Remnant: ProcessRecovery.Finding] = [:]
        for (index, remnant) in remnants.enumerated() {
            findings[remnant] = finding(index, survivors: victims.filter { $0.remnant == index }.map(\.pid))
        }
        return findings
    }

    private func finding(_ index: Int, survivors: [Int32]) -> ProcessRecovery.Finding {
        let identity = remnants[index].identity
        if identity.bootID != bootID { return .otherBoot }
        if !survivors.isEmpty { return .survives(survivors.sorted()) }
        if killed[index].isEmpty { return .gone }
        return .killed(processes: killed[index].count, leaderWasAlive: killed[index].contains(identity))
    }

    // MARK: Looking

    private mutating func find() -> [Victim] {
        isUncertain = false
        let candidates = remnants.indices.filter { remnants[$0].identity.bootID == bootID }
        guard !candidates.isEmpty else { return [] }
        var stats: [Int32: ProcessStat] = [:]
        for pid in ProcessFiles.all() where !spared.contains(pid) { stats[pid] = ProcessFiles.stat(of: pid) }

        var origins = Origins(remnants: candidates.map { ($0, remnants[$0]) }, stats: stats)
        var owners: [Int32: Int] = [:]
        for (pid, stat) in stats { owners[pid] = origins.owner(of: pid, stat) }
        isUncertain = origins.isUncertain
        // Descendants of what was found, however deep.
        for pid in stats.keys where owners[pid] == nil {
            var path: [Int32] = []
            var current = pid
            while owners[current] == nil, let parent = stats[current]?.parent, !path.contains(current) {
                path.append(current)
                current = parent
            }
            if let owner = owners[current] { for pid in path { owners[pid] = owner } }
        }
        return owners.compactMap { pid, owner in
            guard let stat = stats[pid], !stat.isDead else { return nil }
            return Victim(pid: pid, startTicks: stat.startTicks, remnant: owner)
        }
    }

    /// This process and its ancestors.
    private static func lineage() -> Set<Int32> {
        var lineage: Set<Int32> = [1]
        var pid = getpid()
        while pid > 1, lineage.insert(pid).inserted { pid = ProcessFiles.stat(of: pid)?.parent ?? 1 }
        return lineage
    }

    // MARK: Killing

    private mutating func kill(_ victims: some Collection<Victim>, until deadline: UInt64) {
        var waiting: [pollfd] = []
        defer { for entry in waiting { close(entry.fd) } }
        for victim in victims {
            let descriptor = pidfd_open(victim.pid, 0)
            guard descriptor >= 0 else { continue }
            // The descriptor stands for one process for ever; only then is asked whether it is the one seen before.
            guard ProcessFiles.stat(of: victim.pid)?.startTicks == victim.startTicks,
                pidfd_send_signal(descriptor, SIGKILL, nil, 0) == 0
            else {
                close(descriptor)
                continue
            }
            killed[victim.remnant].insert(
                ProcessIdentity(pid: victim.pid, startTicks: victim.startTicks, bootID: bootID)
            )
            waiting.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        // A descriptor stays readable once its process has ended; asked one by one, all have when the last has.
        for index in waiting.indices {
            let now = MonotonicClock.now()
            guard now < deadline else { return }
            _ = poll(&waiting[index], 1, Int32(clamping: (deadline - now) / 1_000_000 + 1))
        }
    }
}

/// Tells which remnant a process belongs to by its own marks.
private struct Origins {
    private var leaders: [Int32: (remnant: Int, startTicks: UInt64)] = [:]
    private var tags: [DescentTag: Int] = [:]
    private var marks: [String: Int] = [:]
    private var earliest = UInt64.max
    /// Whether a process that may belong to one has not shown its environment.
    private(set) var isUncertain = false

    init(remnants: [(Int, ProcessRecovery.Remnant)], stats: [Int32: ProcessStat]) {
        for (index, remnant) in remnants {
            let identity = remnant.identity
            // Only a leader that still exists, dead or alive, keeps the number of its session and group.
            if stats[identity.pid]?.startTicks == identity.startTicks {
                leaders[identity.pid] = (index, identity.startTicks)
            }
            tags[DescentTag(identity)] = index
            if let mark = remnant.mark { marks[mark] = index }
            earliest = min(earliest, identity.startTicks)
        }
    }

    mutating func owner(of pid: Int32, _ stat: ProcessStat) -> Int? {
        guard stat.startTicks >= earliest else { return nil }
        if let leader = leaders[pid] ?? leaders[stat.session] ?? leaders[stat.group] { return leader.remnant }
        if let tag = ProcessFiles.tag(of: pid), let owner = tags[tag] { return owner }
        guard !marks.isEmpty, !stat.isDead else { return nil }
        let values = ProcessFiles.environmentValues(of: pid)
        // Threads of the kernel have neither environment, nor session, nor group.
        if values.isEmpty, stat.session != 0 || stat.group != 0 { isUncertain = true }
        for value in values { if let owner = marks[value] { return owner } }
        return nil
    }
}
