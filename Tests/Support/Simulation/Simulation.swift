import SchedulerCore
import SchedulerEngine

/// One run, decided by one seed: the real loops of a few nodes over a memory store that fails now and then, remote
/// jobs and people that do what they like, and an auditor that watches.
package final class Simulation {
    /// Bounds of one run.
    package struct Plan: Sendable {
        package var seed: UInt64
        package var steps = 400
        package var threads = 3
        /// Share of steps, in a hundred, before which the next write is made to fail.
        package var faultShare = 8

        package init(seed: UInt64) { self.seed = seed }
    }

    /// What a remote job holds: it can speak as long as it likes, also when nobody listens any more.
    struct RemoteJob {
        let id: RequestID
        let epoch: AttemptEpoch
    }

    let plan: Plan
    /// Nodes at most: one has the store for itself, as with a file; several share it.
    let nodeCount: Int
    /// All nodes on one, or as many as there are nodes.
    let machines: Int
    /// Whether nodes serve only some applications and clusters.
    let hasPlaces: Bool
    let hasPurges: Bool
    /// Whether jobs wait for each other in rings more often than by chance.
    let hasRings: Bool
    let time = ManualTime()
    let memory: MemoryStore
    let store: FaultyStore<MemoryStore>
    package let auditor: Auditor
    let processes = SimulatedProcesses()
    let crew = WorkCrew()
    let lease: Duration = .seconds(30)
    let cancelGrace: Duration = .seconds(2)

    var random: SeededRandom
    /// Nodes whose process lives, also such as stand still.
    var members: [SimulatedMember] = []
    /// Nodes that wait for the lease of a namesake.
    var starting: [(member: SimulatedMember, work: HeldWork)] = []
    /// Work that stands still.
    var held: [(member: SimulatedMember, loop: String?, work: HeldWork)] = []
    /// Nodes that are gone.
    var departed: [NodeRecord] = []
    var metadata = NaiveMetadata() {
        didSet {
            memory.change(catalogue: metadata.catalogue)
            auditor.change(metadata)
        }
    }
    var remoteJobs: [RemoteJob] = []
    var acknowledged: Set<RequestID> = []
    /// What somebody has yet to remove.
    var removals: [Removal] = []
    /// What the simulation itself has seen go wrong.
    var violations: [String] = []
    var lastNode = 0
    var isPeace = false
    package private(set) var stepsDone = 0

    package init(_ plan: Plan) {
        self.plan = plan
        random = SeededRandom(seed: plan.seed)
        nodeCount = Self.nodeCounts.randomElement(using: &random) ?? 2
        machines = random.percent(40) ? 1 : nodeCount
        hasPlaces = random.percent(40)
        hasPurges = random.percent(50)
        hasRings = random.percent(15)
        let settings = RequestMachine.Settings(
            forceCancelAfter: Self.forceCancelAfter,
            starvationThreshold: random.pick(Self.starvationThresholds) ?? .seconds(60)
        )
        let memory = MemoryStore(time: time, settings: settings)
        memory.change(catalogue: metadata.catalogue)
        let auditor = Auditor(settings, threads: plan.threads, processes: processes)
        self.memory = memory
        self.auditor = auditor
        store = FaultyStore(memory) { auditor.observe($0, content: memory.snapshot) }
    }

    private static let nodeCounts = [1, 2, 2, 3, 3, 4, 5]

    /// Runs the plan: faults first, then peace, in which everything must end.
    ///
    /// - Returns: what went against the specification; empty for a good run.
    package func run() async -> [String] {
        let crew = crew
        return await withDiscardingTaskGroup { group in
            group.addTask { await crew.run() }
            let found = await runPlan()
            await abandonAll()
            crew.finish()
            return found
        }
    }

    private func runPlan() async -> [String] {
        if random.percent(40) { changeWork() }
        for _ in 0..<nodeCount { await startNode() }
        while stepsDone < plan.steps {
            stepsDone += 1
            if random.percent(plan.faultShare) {
                store.fail(random.pick(FaultyStore<MemoryStore>.Fault.allCases) ?? .beforeCommit)
            }
            await act()
            checkFences()
            auditor.askAll(memory.snapshot, now: memory.now())
            guard isClean else { return report() }
        }
        store.heal()
        let unsettled = await settle()
        if unsettled.isEmpty, isClean { await endPurges() }
        return unsettled + report()
    }

    private func report() -> [String] {
        let known = auditor.removed.union(memory.snapshot.requests.keys)
        let lost = acknowledged.subtracting(known).map { "I6 request \($0) is lost" }
        return auditor.violations + violations + processes.violations + members.flatMap(\.node.launcher.violations)
            + lost
    }

    private var isClean: Bool {
        auditor.violations.isEmpty && violations.isEmpty && processes.violations.isEmpty
            && members.allSatisfy(\.node.launcher.violations.isEmpty)
    }

    private func checkFences() {
        for member in members where !member.view.isFrozen { violations += auditor.checkFence(of: member.view) }
    }

    func changeSettings() {
        var settings = memory.machineSettings
        if random.percent(50) {
            settings.forceCancelAfter = random.pick([.zero, .seconds(20), .seconds(90)]) ?? .zero
        } else {
            settings.starvationThreshold = random.pick(Self.starvationThresholds) ?? .seconds(60)
        }
        memory.change(settings: settings)
        auditor.change(settings)
    }

    /// L: faults have stopped; within a bounded number of rounds every request must be terminal (I12).
    ///
    /// A cancel in peace is delayed most where its owner died just before: its lease runs out; beside it, and no
    /// longer, runs the lead of a leader that died, or the lease of the namesake for which the only new node waits.
    /// Then recovery comes by within a third of a lease, which is a round here. On a living node the cancel is heard
    /// within a third of a lease, and the grace follows. One more round passes until somebody looks (I13).
    private func settle() async -> [String] {
        isPeace = true
        await makePeace()
        // A wall clock that was set back stands still in store time until it has caught up.
        time.jumpWallClock(by: max(.zero, memory.now() - time.now()))
        auditor.declarePeace(at: memory.now())
        let bound = lease + cancelGrace + Self.settleRound * 3
        for round in 0..<Self.settleRounds {
            await openPlaces()
            if members.isEmpty, starting.isEmpty { await startNode() }
            await goOnStarting()
            await releaseAndRecover(endsEndless: round > Self.roundsOfEndless)
            for member in members { await runAllLoops(of: member) }
            checkThatNothingIsOver()
            for member in members { await endAttempts(of: member) }
            await reportAll()
            await advance(by: Self.settleRound)
            checkFences()
            auditor.askAll(memory.snapshot, now: memory.now())
            auditor.checkLiveness(now: memory.now(), bound: bound)
            guard isClean else { return [] }
            if memory.snapshot.requests.values.allSatisfy({ $0.state.isTerminal }) { return [] }
        }
        return memory.snapshot.requests.values.filter { !$0.state.isTerminal }.sorted { $0.id < $1.id }.map {
            "I12 request \($0.id) stays in \($0.state.rawValue), phase \($0.phase.rawValue)"
        }
    }

    /// L: after a heartbeat no node runs code of an attempt that is over without having told it to end (I22).
    private func checkThatNothingIsOver() {
        let requests = memory.snapshot.requests
        for member in members {
            for attempt in member.node.launcher.attempts where attempt.demand == nil && attempt.outcome == nil {
                let request = requests[attempt.claimed.request.id]
                guard request?.epoch != attempt.epoch || request?.state.isTerminal == true else { continue }
                violations.append("I22 node \(member.id) runs attempt \(attempt.epoch), which is over")
            }
        }
    }

    private static let forceCancelAfter: Duration = .seconds(20)
    /// In some runs nothing is READY for so long.
    private static let starvationThresholds: [Duration] = [.seconds(20), .seconds(60), .seconds(3600)]
    private static let settleRounds = 600
    /// So long schedules without an end go on in peace.
    private static let roundsOfEndless = 20
    /// As long as the pause between two heartbeats: a node that lives keeps its lease.
    private static let settleRound: Duration = .seconds(10)
}
