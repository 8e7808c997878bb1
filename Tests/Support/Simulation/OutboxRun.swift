import Logging
import SchedulerCore
import SchedulerEngine

/// A life in which people subscribe, jobs end, nodes die and receivers fail: in the end everybody was told (I61).
package final class OutboxRun {
    private struct Member {
        let node: SimulatedNode
        let delivery: DeliveryLoop
        var vitalTime: Duration
    }

    private let seed: UInt64
    private let time = ManualTime()
    private let memory: MemoryStore
    private let store: FaultyStore<MemoryStore>
    private let outbox: FaultyOutbox<MemoryStore>
    private var random: SeededRandom
    private var members: [Member] = []
    private var nodesStarted = 0
    package let receiver: SimulatedReceiver
    package let auditor = OutboxAuditor()

    package init(seed: UInt64) {
        self.seed = seed
        random = SeededRandom(seed: seed)
        receiver = SimulatedReceiver(seed: seed &+ 1)
        memory = MemoryStore(time: time)
        let (memory, auditor) = (memory, auditor)
        store = FaultyStore(memory) { auditor.observe($0, content: memory.snapshot) }
        outbox = FaultyOutbox(memory, seed: seed &+ 2, share: 10)
    }

    /// - Returns: what went against the specification; empty for a good run.
    package func run() async -> [String] {
        for _ in 0..<Self.nodes { await startNode() }
        for step in 0..<Self.steps {
            if step % Self.crashSteps == Self.crashSteps - 1 {
                members.removeFirst()
                await startNode()
            }
            if random.percent(8) { store.fail(random.percent(50) ? .beforeCommit : .afterCommit) }
            await act()
            await tick()
        }
        store.heal()
        outbox.heal()
        receiver.recover()
        for _ in 0..<Self.ticksOfPeace where !isOver {
            await endAll()
            await tick()
        }
        return live + auditor.verdict(memory.snapshot, receiver, horizon: Self.horizon)
    }

    private var live: [String] {
        memory.snapshot.requests.values.filter { !$0.state.isTerminal }.map { "request \($0.id) stays \($0.state)" }
    }

    private var isOver: Bool {
        let content = memory.snapshot
        return content.requests.values.allSatisfy(\.state.isTerminal)
            && content.outbox.values.allSatisfy { $0.status != .pending }
    }

    // MARK: - What people do

    private func act() async {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<25: await submit()
        case 25..<40: await command { _ in .subscribe(Self.callback) }
        case 40..<46: await command { _ in .unsubscribe }
        case 46..<50: await command { _ in .patch(RequestPatch(callback: Self.callback)) }
        case 50..<58: await command { _ in .cancel }
        case 58..<64: await command { $0.state == .hold ? .release : .hold }
        case 64..<67:
            if let request = random.pick(known) { receiver.bury(request.id) }
        default: break
        }
    }

    private var known: [JobRequest] { memory.snapshot.requests.values.sorted { $0.id < $1.id } }

    private func command(_ event: (JobRequest) -> RequestEvent) async {
        guard let request = random.pick(known), let member = random.pick(members) else { return }
        _ = try? await member.node.gateway.perform(RequestCommand(request.id, event(request)))
    }

    private func submit() async {
        let facts = RequestFacts(
            definitionID: MetadataObjectID(kind: .jobDefinition, package: "/sim", name: "Job"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/sim", name: "Type"),
            executor: .swift,
            application: "Sim",
            submitter: "anna"
        )
        var submission = Submission(facts: facts)
        submission.policy.retries = random.percent(50) ? 1 : 0
        if random.percent(60) { submission.callback = Self.callback }
        if random.percent(30) {
            submission.parameters = [Parameter(name: EventListener.property, value: "https://sim.example.org/events")]
        }
        if random.percent(30), let rule = try? RecurrenceRule(icalString: "FREQ=SECONDLY;INTERVAL=20;COUNT=4") {
            var schedule = JobSchedule(timezone: "UTC")
            schedule.recurrences = [SchedulePattern(rule: rule)]
            submission.placement = .root(.recurParent)
            submission.plan = RequestPlan(schedule: schedule)
        }
        _ = try? await random.pick(members)?.node.gateway.submissions.submit(submission, audit: nil)
    }

    /// In peace held requests are let go.
    private func endAll() async {
        for request in known where request.state == .hold {
            _ = try? await members.first?.node.gateway.perform(RequestCommand(request.id, .release))
        }
    }

    // MARK: - What nodes do

    private func startNode() async {
        nodesStarted += 1
        let node = SimulatedNode(
            record: SimulatedNode.record(number: nodesStarted),
            store: store,
            threads: 20,
            lease: Self.lease,
            cancelGrace: .seconds(2),
            time: time
        )
        guard (try? await node.membership.enter(node.reaper)) != nil else { return await startNode() }
        let memory = memory
        let loop = DeliveryLoop(
            store: outbox,
            deliverer: receiver,
            leads: { try await memory.lead(.outbox, node: node.record.id, lease: Self.lease) != nil },
            lease: Self.lease,
            terms: { DeliveryTerms(horizon: Self.horizon) },
            wake: WakeSignal(),
            time: time,
            logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        )
        members.append(Member(node: node, delivery: loop, vitalTime: .zero))
    }

    private func tick() async {
        for index in members.indices {
            let node = members[index].node
            let isVital = time.monotonicNow() >= members[index].vitalTime
            if isVital { members[index].vitalTime = time.monotonicNow() + Self.lease / 3 }
            for loop in node.loops where isVital || ["dispatch", "timers"].contains(loop.name) {
                _ = try? await loop.runOnce()
            }
            await endAttempts(of: node)
            if random.percent(60) { _ = try? await members[index].delivery.runOnce() }
        }
        time.advance(by: Self.step)
    }

    private func endAttempts(of node: SimulatedNode) async {
        for attempt in node.launcher.attempts where attempt.demand != nil || random.percent(40) {
            let ends: [ExecutableOutcome] = [
                .success, .success, .warning(text: "late"), .systemError("broken"), .businessError(text: "no"),
            ]
            let end = random.pick(ends) ?? .success
            let outcome: InvocationResult = attempt.demand == nil ? .ended(end) : .endedByServer
            let command = outcome.command(for: attempt.claimed.request, demand: attempt.demand)
            guard (try? await node.gateway.perform(command)) != nil else { continue }
            node.launcher.remove(attempt.epoch)
        }
    }

    private static let callback = CallbackSubscription(
        url: "https://sim.example.org/done",
        securityScheme: "OWSM_GPA"
    )
    private static let nodes = 3
    private static let lease: Duration = .seconds(30)
    private static let horizon: Duration = .seconds(600)
    private static let steps = 150
    private static let crashSteps = 20
    private static let step: Duration = .seconds(5)
    private static let ticksOfPeace = 2000
}
