import SchedulerCore
import SchedulerEngine
import Synchronization

/// How nodes come, stand still, lose their way to the store, and go.
extension Simulation {
    /// Starts a node under a name that no living one has; its former holder may hold a lease still. Mostly on the
    /// machine of the name.
    func startNode() async {
        guard members.count + starting.count < nodeCount else { return }
        let taken = Set((members + starting.map(\.member)).map(\.node.record.name))
        // Now and then somebody gives a node a name that is taken, by one that works or one that stands still.
        let isCareless = random.percent(8)
        let free = (0..<nodeCount).filter { isCareless || !taken.contains("node-\($0)") }
        guard let number = random.pick(free) else { return }
        let isAtHome = machines == 1 || random.percent(80)
        let machine = isAtHome ? number % machines : Int.random(in: 0..<machines, using: &random)
        await start(name: "node-\(number)", machine: machine)
    }

    func start(name: String, machine: Int) async {
        lastNode += 1
        let record = NodeRecord(
            id: NodeID("start-\(lastNode)"),
            name: name,
            process: ProcessIdentity(
                pid: Self.firstServer + Int32(lastNode),
                startTicks: UInt64(lastNode),
                bootID: "boot-\(machine)"
            )
        )
        let member = makeMember(record)
        let former = departed.filter { $0.name == name && $0.process.bootID == record.process.bootID }
        processes.endRemnants(of: Set(former.map(\.process)))
        processes.begin(record.process)
        let work = HeldWork(moment: holdMoment(share: 10))
        let node = member.node
        let hasEnded = await crew.begin(work) {
            do {
                try await node.membership.enter(node.reaper)
            } catch {
                // The start failed as a whole; another one follows.
                work.abandon()
            }
        }
        if hasEnded { await entered(member, work) } else { starting.append((member, work)) }
    }

    /// Servers have other numbers than processes of jobs, which have those of their epochs.
    private static let firstServer: Int32 = 1_000_000

    private func makeMember(_ record: NodeRecord) -> SimulatedMember {
        let clock = SimulatedClock(
            time,
            start: .seconds(Int.random(in: 0...100_000, using: &random)),
            rate: Int.random(in: 980...1020, using: &random),
            skew: .seconds(Int.random(in: -7200...7200, using: &random))
        )
        let box = Box()
        let auditor = auditor
        let launcher = SimulatedLauncher(processes: processes) { claimed in
            box.view.flatMap { auditor.launchViolation(claimed, by: $0) }
        }
        let place = newPlace()
        let view = NodeView(record: record, clock: clock, launcher: launcher, lease: lease, place: place)
        box.view = view
        auditor.watch(view)
        let link = NodeLink(store, view: view)
        let node = SimulatedNode(
            record: record,
            admission: NodeAdmission(
                name: record.name,
                applications: place.applications,
                logicalClusters: place.clusters
            ),
            launcher: launcher,
            store: link,
            threads: plan.threads,
            lease: lease,
            cancelGrace: cancelGrace,
            time: clock,
            processes: processes
        )
        return SimulatedMember(node: node, link: link, view: view, clock: clock)
    }

    /// A node that has entered recovers before anything else, as an engine does.
    private func entered(_ member: SimulatedMember, _ work: HeldWork) async {
        guard !work.isAbandoned else {
            vanish(member)
            return
        }
        members.append(member)
        let now = time.monotonicNow()
        for name in SimulatedMember.vital { member.due[name] = now }
        if let recovery = member.loop("recovery") { await pass(recovery, of: member) }
        await runDue()
    }

    func goOnStarting() async {
        let waiting = starting
        starting = []
        for (member, work) in waiting {
            if await work.goOn() { await entered(member, work) } else { starting.append((member, work)) }
        }
    }

    func crash(_ member: SimulatedMember) async {
        members.removeAll { $0 === member }
        vanish(member)
        await abandonWork(of: member)
    }

    private func vanish(_ member: SimulatedMember) {
        departed.append(member.node.record)
        member.view.vanish()
        processes.end(member.node.record.process)
        violations += member.node.launcher.violations
    }

    private func abandonWork(of member: SimulatedMember) async {
        for (owner, _, work) in held where owner === member {
            work.abandon()
            while await !work.goOn() {}
        }
        held.removeAll { $0.member === member }
    }

    func abandonAll() async {
        for work in held.map(\.work) + starting.map(\.work) {
            work.abandon()
            while await !work.goOn() {}
        }
    }

    /// A claim that was long under way reaches the store: its node is gone, or its lease is over.
    func claimLate() async {
        let snapshot = memory.snapshot
        let lapsed = members.map(\.id).filter { (snapshot.nodes[$0]?.leaseEnd ?? memory.now()) <= memory.now() }
        guard let node = random.pick(lapsed + departed.suffix(3).map(\.id)),
            snapshot.requests.values.count(where: { $0.owner == node }) < plan.threads
        else { return }
        let name = snapshot.nodes[node]?.record.name ?? "late"
        let place = auditor.place(of: node)
        let admission = NodeAdmission(
            name: name,
            applications: place.applications,
            logicalClusters: place.clusters
        )
        _ = try? await store.claim(
            Claim(
                node: node,
                processor: name,
                limit: 1,
                readyLimit: 1,
                admission: admission,
                threads: plan.threads
            )
        )
    }

    /// As a graceful shutdown: everything is told to end, what the store does not take is left to recovery.
    func stop(_ member: SimulatedMember) async {
        for attempt in member.node.launcher.attempts {
            member.node.launcher.stop(attempt.epoch, StopDemand(reason: .nodeStopping, grace: cancelGrace))
        }
        await endAttempts(of: member)
        // What ignored even that is killed with the supervisor.
        for process in member.node.launcher.attempts.compactMap(\.process) { processes.end(process) }
        await member.node.membership.leave()
        await crash(member)
    }

    /// The whole process stands still: within half a lease, beyond it, or beyond the lease.
    func freeze(_ member: SimulatedMember) {
        let span = random.pick([5...14, 16...29, 31...60, 31...90]) ?? 31...60
        member.view.isFrozen = true
        member.thawTime = time.monotonicNow() + .seconds(Int.random(in: span, using: &random))
    }

    /// All its loops run late, in any order.
    func thaw(_ member: SimulatedMember) async {
        member.view.isFrozen = false
        member.thawTime = nil
        for loop in member.node.loops.shuffled(using: &random) where members.contains(where: { $0 === member }) {
            await pass(loop, of: member)
        }
        await endSome(of: member)
    }

    func cut(_ member: SimulatedMember) {
        member.link.isCut = true
        member.healTime = time.monotonicNow() + .seconds(Int.random(in: 1...70, using: &random))
    }

    func heal(_ member: SimulatedMember) {
        member.link.isCut = false
        member.healTime = nil
    }

    /// People quiesce and resume nodes, by any of them.
    func changeQuiescence() async {
        let names = (0..<nodeCount).map { QuiesceTarget.node("node-\($0)") }
        guard let member = random.pick(members.filter { !$0.view.isFrozen }), let name = random.pick(names) else {
            return
        }
        let target = random.percent(20) ? .cluster : name
        let audit = AuditEntry(principal: "anna", action: "quiesce")
        try? await member.link.setQuiesced(random.percent(30), target, audit: audit)
    }

    /// Nothing fails any more, nobody stands still, and everybody may start.
    func makePeace() async {
        for member in members {
            heal(member)
            if member.view.isFrozen { await thaw(member) }
        }
        while !held.isEmpty { await goOnHeld(at: 0) }
        let targets = memory.snapshot.quiesced
        for target in targets { try? await store.setQuiesced(false, target, audit: nil) }
        if random.percent(50) { metadata.deleted = [] }
        metadata.work = random.percent(50) ? .none : .everything
    }

    /// Lets time go on; what keeps nodes alive is run when it is due, as their drivers would.
    func advance(by span: Duration) async {
        let end = time.monotonicNow() + span
        while let next = nextDue(), next <= end {
            if next > time.monotonicNow() { time.advance(by: next - time.monotonicNow()) }
            await runDue()
        }
        if end > time.monotonicNow() { time.advance(by: end - time.monotonicNow()) }
    }

    private func nextDue() -> Duration? {
        members.flatMap { member -> [Duration] in
            let own = [member.thawTime, member.healTime].compactMap { $0 }
            guard !member.view.isFrozen else { return own }
            return own + member.due.filter { !member.busy.contains($0.key) }.values
        }.min()
    }

    private func runDue() async {
        let now = time.monotonicNow()
        for member in members {
            if let healTime = member.healTime, healTime <= now { heal(member) }
            if let thawTime = member.thawTime, thawTime <= now { await thaw(member) }
        }
        for member in members where !member.view.isFrozen {
            for name in SimulatedMember.vital {
                guard let due = member.due[name], due <= now, !member.busy.contains(name) else { continue }
                guard let loop = member.loop(name) else { continue }
                await pass(loop, of: member, heldShare: name == "heartbeat" && !isPeace ? 4 : 0)
            }
        }
    }

    /// Moment of a node's work at which it stands still.
    func holdMoment(share: Int) -> Int? { random.percent(share) ? Int.random(in: 0..<6, using: &random) : nil }

    /// Lets a launcher look at its node before that is made.
    private final class Box: Sendable {
        private let content = Mutex<NodeView?>(nil)

        var view: NodeView? {
            get { content.withLock { $0 } }
            set { content.withLock { $0 = newValue } }
        }
    }
}
