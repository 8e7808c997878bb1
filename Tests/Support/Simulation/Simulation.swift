import SchedulerCore
import SchedulerEngine

/// One run, decided by one seed: the real loops of a few nodes over a memory store that fails now and then, remote
/// jobs and people that do what they like, and an auditor that watches.
package final class Simulation {
    /// Bounds of one run.
    package struct Plan: Sendable {
        package var seed: UInt64
        package var steps = 400
        package var nodes = 2
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
    let time = ManualTime()
    let memory: MemoryStore
    let store: FaultyStore<MemoryStore>
    package let auditor: Auditor
    let processes = SimulatedProcesses()
    let lease: Duration = .seconds(30)
    let cancelGrace: Duration = .seconds(2)

    var random: SeededRandom
    var nodes: [SimulatedNode] = []
    var remoteJobs: [RemoteJob] = []
    var acknowledged: Set<RequestID> = []
    /// What the simulation itself has seen go wrong.
    var violations: [String] = []
    private var lastNode = 0
    package private(set) var stepsDone = 0

    package init(_ plan: Plan) {
        self.plan = plan
        random = SeededRandom(seed: plan.seed)
        let memory = MemoryStore(time: time, settings: .init(forceCancelAfter: Self.forceCancelAfter))
        let auditor = Auditor(forceCancelAfter: Self.forceCancelAfter, threads: plan.threads, processes: processes)
        self.memory = memory
        self.auditor = auditor
        store = FaultyStore(memory) { auditor.observe($0, content: memory.snapshot) }
    }

    /// Runs the plan: faults first, then peace, in which everything must end.
    ///
    /// - Returns: what went against the specification; empty for a good run.
    package func run() async -> [String] {
        for _ in 0..<plan.nodes { await startNode() }
        while stepsDone < plan.steps {
            stepsDone += 1
            if random.percent(plan.faultShare) {
                store.fail(random.pick(FaultyStore<MemoryStore>.Fault.allCases) ?? .beforeCommit)
            }
            await act()
            guard isClean else { return report() }
        }
        store.heal()
        return await settle() + report()
    }

    private func report() -> [String] {
        let lost = acknowledged.filter { memory.snapshot.requests[$0] == nil }.map { "I6 request \($0) is lost" }
        return auditor.violations + violations + nodes.flatMap(\.launcher.violations) + lost
    }

    private var isClean: Bool {
        auditor.violations.isEmpty && violations.isEmpty && nodes.allSatisfy(\.launcher.violations.isEmpty)
    }

    func startNode() async {
        lastNode += 1
        let node = SimulatedNode(
            number: lastNode,
            store: store,
            threads: plan.threads,
            lease: lease,
            cancelGrace: cancelGrace,
            processes: processes
        )
        do {
            try await store.join(node.record, lease: lease)
            nodes.append(node)
        } catch {
            // The start failed as a whole; another one follows.
        }
    }

    func change(forceCancelAfter: Duration) {
        memory.change(settings: .init(forceCancelAfter: forceCancelAfter))
        auditor.change(forceCancelAfter: forceCancelAfter)
    }

    /// L: faults have stopped; within a bounded number of rounds every request must be terminal (I12).
    private func settle() async -> [String] {
        if nodes.isEmpty { await startNode() }
        // A wall clock that was set back stands still in store time until it has caught up.
        time.jumpWallClock(by: max(.zero, memory.now() - time.now()))
        auditor.declarePeace(at: memory.now())
        for _ in 0..<Self.settleRounds {
            await releaseAndRecover()
            for node in nodes { await runAllLoops(of: node) }
            checkThatNothingIsOver()
            for node in nodes { await endAttempts(of: node) }
            await reportAll()
            time.advance(by: Self.settleRound)
            auditor.checkLiveness(now: memory.now(), bound: cancelGrace + lease + Self.settleRound)
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
        for node in nodes {
            for attempt in node.launcher.attempts where attempt.demand == nil && attempt.outcome == nil {
                let request = requests[attempt.claimed.request.id]
                guard request?.epoch != attempt.epoch || request?.state.isTerminal == true else { continue }
                violations.append("I22 node \(node.record.id) runs attempt \(attempt.epoch), which is over")
            }
        }
    }

    private static let forceCancelAfter: Duration = .seconds(20)
    private static let settleRounds = 300
    /// Shorter than a lease: a node that lives keeps its own, and no recovery does its heartbeat's work.
    private static let settleRound: Duration = .seconds(25)
}
