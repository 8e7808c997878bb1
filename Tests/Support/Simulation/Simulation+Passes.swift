import SchedulerCore
import SchedulerEngine

/// Passes of loops and calls of people, which may stand still half-way.
extension Simulation {
    func runOneLoop() async {
        // What keeps a node alive is run when it is due; now and then out of turn.
        let isVital = random.percent(15)
        guard let member = random.pick(members.filter { !$0.view.isFrozen }),
            let loop = random.pick(member.node.loops.filter { SimulatedMember.vital.contains($0.name) == isVital })
        else { return }
        await pass(loop, of: member, heldShare: 12)
    }

    func runAllLoops(of member: SimulatedMember) async {
        for loop in member.node.loops { await pass(loop, of: member) }
    }

    /// One pass, unless the last one of this loop still stands still. A pass fails only by a fault that was put there.
    func pass(_ loop: any EngineLoop, of member: SimulatedMember, heldShare: Int = 0) async {
        guard !member.busy.contains(loop.name), !member.view.isFrozen, !member.view.isGone else { return }
        guard let moment = holdMoment(share: heldShare) else {
            note(await Self.run(loop), of: loop.name, of: member)
            return await answerCancelCalls(of: member)
        }
        let work = HeldWork(moment: moment)
        member.busy.insert(loop.name)
        let hasEnded = await crew.begin(work) { work.result = await Simulation.run(loop) }
        if hasEnded { await ended(work, loop.name, member) } else { held.append((member, loop.name, work)) }
    }

    private static func run(_ loop: any EngineLoop) async -> Result<NextPass, any Error> {
        do {
            return .success(try await loop.runOnce())
        } catch {
            return .failure(error)
        }
    }

    /// When the driver would come again; often late.
    private func note(_ result: Result<NextPass, any Error>?, of name: String, of member: SimulatedMember) {
        let pause: Duration
        switch result {
        case .success(.after(let span)): pause = span
        case .success(.now), nil: pause = .zero
        case .failure(let error):
            if (error as? StoreFault)?.kind != .unavailable {
                violations.append("a pass of \(name) failed: \(error)")
            }
            pause = .milliseconds(Int.random(in: 100...2500, using: &random))
        }
        guard SimulatedMember.vital.contains(name) else { return }
        var next = time.monotonicNow() + member.clock.worldSpan(of: pause)
        if name == "heartbeat", !isPeace, random.percent(10) { next += .seconds(Int.random(in: 1...9, using: &random)) }
        member.due[name] = next
    }

    private func ended(_ work: HeldWork, _ name: String?, _ member: SimulatedMember) async {
        guard let name else { return }
        member.busy.remove(name)
        note(work.result, of: name, of: member)
        await answerCancelCalls(of: member)
    }

    /// Something that stood still goes on.
    func goOnHeld() async {
        let able = held.indices.filter { !held[$0].member.view.isFrozen }
        guard let index = random.pick(Array(able)) else { return }
        await goOnHeld(at: index)
    }

    func goOnHeld(at index: Int) async {
        let (member, name, work) = held.remove(at: index)
        if await work.goOn() { await ended(work, name, member) } else { held.append((member, name, work)) }
    }

    /// A node that a caller happens to reach; nil while every node is down or stands still.
    var reached: SimulatedMember? { random.pick(members.filter { !$0.view.isFrozen }) }

    /// A call of somebody to some node.
    ///
    /// - Returns: its result; nil if it failed, or its answer is still under way.
    @discardableResult
    func call(_ command: RequestCommand, at node: SimulatedMember? = nil) async -> CommandResult? {
        guard let member = node ?? reached else { return nil }
        guard !isPeace, node == nil, let moment = holdMoment(share: 8) else {
            return try? await member.gateway.perform(command)
        }
        let work = HeldWork(moment: moment)
        let gateway = member.gateway
        let hasEnded = await crew.begin(work) { _ = try? await gateway.perform(command) }
        if !hasEnded { held.append((member, nil, work)) }
        return nil
    }

    private func answerCancelCalls(of member: SimulatedMember) async {
        for request in member.node.launcher.takeCancelCalls() where random.percent(70) {
            guard let epoch = request.epoch else { continue }
            let event: RequestEvent =
                random.percent(80) ? .cancelCallAnswered : .report(.cancel, text: nil, handle: epoch)
            _ = try? await member.gateway.perform(RequestCommand(request.id, event, epoch: epoch))
        }
    }
}
