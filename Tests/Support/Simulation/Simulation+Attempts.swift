import SchedulerCore
import SchedulerEngine

/// How attempts on nodes go on and end.
extension Simulation {
    func moveOneAttempt() async {
        guard let node = random.pick(members.filter { !$0.view.isFrozen })?.node,
            let attempt = random.pick(node.launcher.attempts)
        else { return }
        if await beginProcess(of: attempt, on: node), random.percent(50) { return }
        await end(attempt.epoch, on: node)
    }

    func endAttempts(of member: SimulatedMember) async {
        for attempt in member.node.launcher.attempts {
            _ = await beginProcess(of: attempt, on: member.node)
            await end(attempt.epoch, on: member.node)
        }
    }

    /// What came to its end while its node stood still is told now.
    func endSome(of member: SimulatedMember) async {
        for attempt in member.node.launcher.attempts where random.percent(50) {
            await end(attempt.epoch, on: member.node)
        }
    }

    /// A process waits before its exec until the store knows it.
    ///
    /// - Returns: true if it was let go.
    private func beginProcess(of attempt: SimulatedLauncher.Attempt, on node: SimulatedNode) async -> Bool {
        let request = attempt.current
        guard request.facts.executor == .process, request.state == .running, request.dueCallout == nil,
            attempt.process == nil, attempt.outcome == nil
        else { return false }
        guard attempt.demand == nil else {
            node.launcher.settle(attempt.epoch, .endedByServer)
            return false
        }
        let identity = ProcessIdentity(
            pid: Int32(truncatingIfNeeded: attempt.epoch.value),
            startTicks: UInt64(attempt.epoch.value),
            bootID: node.record.process.bootID
        )
        let command = RequestCommand(request.id, .processPrepared(identity), epoch: attempt.epoch)
        guard let result = try? await node.gateway.perform(command), result.outcome == .applied else {
            let isStopped = node.launcher.attempts.first { $0.epoch == attempt.epoch }?.demand != nil
            node.launcher.settle(attempt.epoch, isStopped ? .endedByServer : .ended(.systemError("not recorded")))
            return false
        }
        // As the runner, which looks at the clock before it lets go.
        if node.membership.isFenced {
            node.launcher.stop(attempt.epoch, StopDemand(reason: .fenced, grace: .zero))
            node.launcher.settle(attempt.epoch, .endedByServer)
            return false
        }
        processes.begin(identity, of: node.record.process)
        node.launcher.begin(attempt.epoch, identity)
        return true
    }

    /// Settles on an outcome once and offers it until the store takes it, as the runner does.
    func end(_ epoch: AttemptEpoch, on node: SimulatedNode) async {
        guard let attempt = node.launcher.attempts.first(where: { $0.epoch == epoch }) else { return }
        if attempt.isHanging, attempt.demand == nil, attempt.outcome == nil { return }
        let request = attempt.current
        guard request.state != .cancelling else {
            let command = InvocationResult.endedByServer.command(for: request, demand: attempt.demand)
            return await offer(command, of: attempt, on: node)
        }
        if let callout = request.dueCallout {
            let answer = attempt.answer ?? answer(demand: attempt.demand)
            node.launcher.settle(epoch, answer: answer)
            return await offer(answer.command(callout, for: request, demand: attempt.demand), of: attempt, on: node)
        }
        let outcome = attempt.outcome ?? outcome(of: request, demand: attempt.demand)
        node.launcher.settle(epoch, outcome)
        if let process = attempt.process { processes.end(process) }
        // Some remote jobs are never heard of again.
        if case .waiting = outcome, epoch.value % 3 != 0 { remoteJobs.append(RemoteJob(id: request.id, epoch: epoch)) }
        await offer(outcome.command(for: request, demand: attempt.demand), of: attempt, on: node)
    }

    /// What the store did although its answer was lost tells how to go on, as well.
    private func offer(_ command: RequestCommand, of attempt: SimulatedLauncher.Attempt, on node: SimulatedNode) async {
        guard let result = try? await node.gateway.perform(command) else {
            return node.launcher.noteOffer(attempt.epoch)
        }
        let isTaken = result.outcome == .applied || (attempt.isOffered && result.outcome == .dropped(.cannotArise))
        if isTaken, let next = result.request, next.epoch == attempt.epoch, next.owner == node.record.id,
            next.phase != attempt.current.phase
        {
            node.launcher.goOn(attempt.epoch, with: next)
        } else {
            node.launcher.remove(attempt.epoch)
        }
    }

    private func answer(demand: StopDemand?) -> CalloutResult {
        // Most of those that are told to end answer before they hear of it.
        if demand != nil, random.percent(25) { return .endedByServer }
        guard random.percent(demand == nil ? 50 : 85) else { return .answered(.proceed) }
        let pause: Duration? = random.percent(80) ? .seconds(Int.random(in: 0...20, using: &random)) : nil
        return .answered(
            random.pick([
                .warn(text: "careful"), .delay(pause, text: "later"), .delay(pause, text: nil), .cancel(text: "no"),
                .businessError(text: "refused"), .systemError(text: "broken"), .failed(text: "no answer"),
            ]) ?? .proceed
        )
    }

    private func outcome(of request: JobRequest, demand: StopDemand?) -> InvocationResult {
        if demand != nil, random.percent(60) { return .endedByServer }
        if request.facts.isAsynchronous != false, request.facts.executor != .process, random.percent(70) {
            return .waiting(externalID: random.percent(50) ? "external" : nil)
        }
        // Most jobs that have submitted sub-requests wait for them, by an answer of their own to the end.
        let hasSubmitted = memory.snapshot.requests.values.contains {
            $0.lineage.parentID == request.id && !$0.state.isTerminal
        }
        if hasSubmitted, random.percent(60) {
            return .ended(.paused(state: random.percent(80) ? "half of \(request.epoch?.value ?? 0)" : nil))
        }
        return .ended(
            random.pick([
                .success, .success, .warning(text: "careful"), .systemError("broken"), .businessError(text: "refused"),
                .cancelled(text: nil), .paused(state: "half"), .manualRecovery(text: "look"),
            ]) ?? .success
        )
    }
}
