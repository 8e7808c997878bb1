import SchedulerCore
import SchedulerEngine

/// What can happen in one step.
extension Simulation {
    func act() async {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<14: await submit()
        case 14..<46: await runOneLoop()
        case 46..<62: await endOneAttempt()
        case 62..<72: await speakAsRemoteJob()
        case 72..<84: await speakAsPerson()
        case 84..<94: time.advance(by: .milliseconds(Int.random(in: 1...20_000, using: &random)))
        case 94..<96: time.jumpWallClock(by: .seconds(Int.random(in: -7200...3600, using: &random)))
        case 96..<98: crashNode()
        default: if nodes.count < plan.nodes { await startNode() }
        }
    }

    private func submit() async {
        var facts = RequestFacts(
            type: .singleton,
            definitionID: MetadataObjectID(kind: .jobDefinition, package: "/sim", name: "Job"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/sim", name: "Type"),
            executor: random.pick([.process, .http, .swift]) ?? .swift,
            application: "Sim",
            submitter: "anna"
        )
        facts.isAsynchronous = facts.executor == .http ? random.percent(80) : facts.executor == .process ? false : nil
        facts.hasCancelCall = facts.executor == .http && random.percent(50)
        var submission = Submission(facts: facts, policy: policy())
        if random.percent(30) {
            submission.requestedStart = time.now() + .seconds(Int.random(in: -10...60, using: &random))
        }
        if let request = try? await gateway?.submit(submission, audit: nil) { acknowledged.insert(request.id) }
    }

    private func policy() -> ExecutionPolicy {
        var policy = ExecutionPolicy()
        policy.priority = Int.random(in: 0...9, using: &random)
        policy.retries = Int.random(in: 0...2, using: &random)
        policy.retryDelay = .seconds(Int.random(in: 0...20, using: &random))
        policy.retryJitter = random.percent(50) ? 0.5 : 0
        if random.percent(20) { policy.requestExpiration = .seconds(30) }
        if random.percent(40) { policy.requestTimeout = .seconds(45) }
        policy.timeoutAction = random.pick(ExecutionPolicy.TimeoutAction.allCases) ?? .mark
        policy.nodeLost = random.percent(20) ? .manualRecovery : .retry
        if random.percent(20) { policy.cancelEndAfter = .seconds(90) }
        return policy
    }

    /// A gateway that a caller happens to reach; nil while every node is down.
    var gateway: CommandGateway? { nodes.first?.gateway }

    private func runOneLoop() async {
        guard let node = random.pick(nodes), let loop = node.loops.randomElement(using: &random) else { return }
        _ = try? await loop.runOnce()
        await answerCancelCalls(of: node)
    }

    func runAllLoops(of node: SimulatedNode) async {
        for loop in node.loops { _ = try? await loop.runOnce() }
        await answerCancelCalls(of: node)
    }

    private func answerCancelCalls(of node: SimulatedNode) async {
        for request in node.launcher.takeCancelCalls() where random.percent(70) {
            let command = RequestCommand(request.id, .cancelCallAnswered, epoch: request.epoch)
            _ = try? await node.gateway.perform(command)
        }
    }

    private func endOneAttempt() async {
        guard let node = random.pick(nodes), let attempt = random.pick(node.launcher.attempts) else { return }
        await end(attempt, on: node)
    }

    func endAttempts(of node: SimulatedNode) async {
        for attempt in node.launcher.attempts { await end(attempt, on: node) }
    }

    /// Settles on an outcome once and offers it until the store takes it, as the runner does.
    private func end(_ attempt: SimulatedLauncher.Attempt, on node: SimulatedNode) async {
        let request = attempt.claimed.request
        let outcome = attempt.outcome ?? outcome(of: request, demand: attempt.demand)
        node.launcher.settle(attempt.epoch, outcome)
        if case .waiting = outcome { remoteJobs.append(RemoteJob(id: request.id, epoch: attempt.epoch)) }
        guard (try? await node.gateway.perform(outcome.command(for: request, demand: attempt.demand))) != nil else {
            return
        }
        node.launcher.remove(attempt.epoch)
    }

    private func outcome(of request: JobRequest, demand: StopDemand?) -> InvocationResult {
        if demand != nil, random.percent(60) { return .endedByServer }
        if request.facts.isAsynchronous != false, request.facts.executor != .process, random.percent(70) {
            return .waiting(externalID: random.percent(50) ? "external" : nil)
        }
        return .ended(
            random.pick([
                .success, .success, .warning(text: "careful"), .systemError("broken"), .businessError(text: "refused"),
                .cancelled(text: nil), .paused(state: "half"), .manualRecovery(text: "look"),
            ]) ?? .success
        )
    }

    private func speakAsRemoteJob() async {
        guard let job = random.pick(remoteJobs) else { return }
        await speak(job, status: random.pick(ReportStatus.allCases) ?? .success)
    }

    private func speak(_ job: RemoteJob, status: ReportStatus) async {
        let event: RequestEvent =
            random.percent(25)
            ? .checkIn(handle: job.epoch) : .report(status, text: "said", handle: job.epoch)
        _ = try? await gateway?.perform(RequestCommand(job.id, event))
    }

    func reportAll() async {
        for job in remoteJobs {
            _ = try? await gateway?.perform(
                RequestCommand(job.id, .report(.success, text: nil, handle: job.epoch))
            )
        }
    }

    private func speakAsPerson() async {
        guard let id = random.pick(acknowledged.sorted()) else { return }
        let events: [(RequestEvent, String)] = [
            (.cancel, "cancel"), (.cancel, "cancel"), (.forceCancel, "forceCancel"), (.forceCancel, "forceCancel"),
            (.hold, "hold"), (.release, "release"), (.recover(.retry), "recover"), (.recover(.cancelled), "recover"),
            (.complete(.success, text: nil), "complete"),
        ]
        guard let (event, action) = random.pick(events) else { return }
        let audit = AuditEntry(principal: "anna", action: action)
        _ = try? await gateway?.perform(RequestCommand(id, event, audit: audit))
    }

    private func crashNode() {
        guard !nodes.isEmpty else { return }
        nodes.remove(at: Int.random(in: 0..<nodes.count, using: &random))
    }

    /// People who want everything to end.
    func releaseAndRecover() async {
        for request in memory.snapshot.requests.values.sorted(by: { $0.id < $1.id }) {
            let event: RequestEvent
            switch request.state {
            case .hold: event = .release
            case .errorManualRecovery: event = .recover(.cancelled)
            case .running where request.awaitsAsynchronousAnswer && !remoteKnows(request): event = .cancel
            case .cancelling where request.awaitsAsynchronousAnswer: event = .forceCancel
            default: continue
            }
            let action = event == .forceCancel ? "forceCancel" : "settle"
            let audit = AuditEntry(principal: "operator", action: action)
            _ = try? await gateway?.perform(RequestCommand(request.id, event, audit: audit))
        }
    }

    private func remoteKnows(_ request: JobRequest) -> Bool {
        remoteJobs.contains { $0.id == request.id && $0.epoch == request.epoch }
    }
}
