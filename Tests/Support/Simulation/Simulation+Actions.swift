import SchedulerCore
import SchedulerEngine

/// What can happen in one step.
extension Simulation {
    func act() async {
        if nodes.isEmpty, random.percent(30) { await startNode() }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: await submit()
        case 8..<38: await runOneLoop()
        case 38..<54: await moveOneAttempt()
        case 54..<68: await speakAsRemoteJob()
        case 68..<84: await speakAsPerson()
        case 84..<94: time.advance(by: .milliseconds(Int.random(in: 1...20_000, using: &random)))
        case 94: jumpWallClock()
        case 95: crashNode()
        case 96: await stopNode()
        case 97 where random.percent(30):
            change(forceCancelAfter: random.pick([.zero, .seconds(20), .seconds(90)]) ?? .zero)
        default: if nodes.count < plan.nodes { await startNode() }
        }
    }

    /// Mostly a little, so that store time, which never goes back, goes on soon.
    private func jumpWallClock() {
        let seconds =
            random.percent(90) ? Int.random(in: -30...30, using: &random) : Int.random(in: -7200...7200, using: &random)
        time.jumpWallClock(by: .seconds(seconds))
    }

    /// A gateway that a caller happens to reach; nil while every node is down.
    var gateway: CommandGateway? { nodes.first?.gateway }

    private func submit() async {
        var facts = RequestFacts(
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
        policy.retryFactor = random.percent(50) ? 2 : 1
        policy.retryJitter = random.percent(50) ? 0.5 : 0
        if random.percent(20) { policy.requestExpiration = .seconds(30) }
        if random.percent(40) { policy.requestTimeout = .seconds(45) }
        policy.timeoutAction = random.pick(ExecutionPolicy.TimeoutAction.allCases) ?? .mark
        policy.nodeLost = random.percent(20) ? .manualRecovery : .retry
        if random.percent(30) { policy.cancelEndAfter = random.pick([.seconds(5), .seconds(90)]) }
        return policy
    }

    private func runOneLoop() async {
        guard let node = random.pick(nodes), let loop = node.loops.randomElement(using: &random) else { return }
        await run(loop)
        await answerCancelCalls(of: node)
    }

    func runAllLoops(of node: SimulatedNode) async {
        for loop in node.loops { await run(loop) }
        await answerCancelCalls(of: node)
    }

    /// A pass fails only by a fault that was put there.
    private func run(_ loop: any EngineLoop) async {
        do {
            _ = try await loop.runOnce()
        } catch let fault as StoreFault where fault.kind == .unavailable {
            return
        } catch {
            violations.append("a pass of \(loop.name) failed: \(error)")
        }
    }

    private func answerCancelCalls(of node: SimulatedNode) async {
        for request in node.launcher.takeCancelCalls() where random.percent(70) {
            guard let epoch = request.epoch else { continue }
            let event: RequestEvent =
                random.percent(80) ? .cancelCallAnswered : .report(.cancel, text: nil, handle: epoch)
            _ = try? await node.gateway.perform(RequestCommand(request.id, event, epoch: epoch))
        }
    }

    /// Mostly a job that is still listened to, often one that has suspended itself; now and then one that was
    /// forgotten long ago.
    private func speakAsRemoteJob() async {
        let known = memory.snapshot.requests
        let heard = remoteJobs.filter { known[$0.id]?.epoch == $0.epoch && known[$0.id]?.state.isTerminal == false }
        let suspended = heard.filter { known[$0.id]?.isSuspended == true }
        var speakers = random.percent(75) && !heard.isEmpty ? heard : remoteJobs
        if random.percent(30), !suspended.isEmpty { speakers = suspended }
        guard let job = random.pick(speakers) else { return }
        let status = random.pick(ReportStatus.allCases) ?? .success
        let event: RequestEvent =
            random.percent(25) ? .checkIn(handle: job.epoch) : .report(status, text: "said", handle: job.epoch)
        _ = try? await gateway?.perform(RequestCommand(job.id, event))
    }

    func reportAll() async {
        for job in remoteJobs {
            _ = try? await gateway?.perform(
                RequestCommand(job.id, .report(.success, text: nil, handle: job.epoch))
            )
        }
    }

    /// Half of them know what they do, the others try anything anywhere.
    private func speakAsPerson() async {
        let requests = memory.snapshot.requests.values.sorted { $0.id < $1.id }
        // Any state as likely as any other, so that rare ones are not missed.
        let states = Set(requests.map(\.state)).sorted { $0.code < $1.code }
        let live = states.filter { !$0.isTerminal }
        guard let state = random.pick(random.percent(80) && !live.isEmpty ? live : states),
            let request = random.pick(requests.filter { $0.state == state })
        else { return }
        if request.state == .cancelling, random.percent(30) { return await forceCancelInTime(request) }
        let isKnowing = random.percent(50)
        let events = isKnowing ? sensible(for: request) : anything
        guard let event = random.pick(events) else { return }
        let audit = AuditEntry(principal: "anna", action: event == .forceCancel ? "forceCancel" : "other")
        let result = try? await gateway?.perform(RequestCommand(request.id, event, audit: audit))
        if event == .cancel, result?.outcome == .applied { checkThatNodeIsTold(of: request) }
    }

    /// The node that took the cancel tells its own attempt at once; any other node's hears of it by the heartbeat.
    private func checkThatNodeIsTold(of cancelled: JobRequest) {
        guard let node = nodes.first, cancelled.state == .running, cancelled.owner == node.record.id else { return }
        let attempt = node.launcher.attempts.first { $0.epoch == cancelled.epoch }
        guard let attempt, attempt.demand == nil else { return }
        violations.append("I23 node \(node.record.id) was not told that attempt \(attempt.epoch) is cancelled")
    }

    /// Tries one millisecond before the first instant, and at it; often the job has just said that it lives, which
    /// moves that instant.
    private func forceCancelInTime(_ request: JobRequest) async {
        if random.percent(50), let epoch = request.epoch {
            time.advance(by: .milliseconds(Int.random(in: 1...5000, using: &random)))
            _ = try? await gateway?.perform(RequestCommand(request.id, .checkIn(handle: epoch)))
        }
        let request = memory.snapshot.requests[request.id] ?? request
        let audit = AuditEntry(principal: "punctual", action: "forceCancel")
        let after = memory.machineSettings.forceCancelAfter
        if let earliest = ForceCancelRule.earliestTime(request, forceCancelAfter: after), earliest > memory.now() {
            time.jumpWallClock(by: max(.zero, memory.now() - time.now()))
            time.advance(by: earliest - time.now() + .milliseconds(-1))
            _ = try? await gateway?.perform(RequestCommand(request.id, .forceCancel, audit: audit))
            time.advance(by: .milliseconds(1))
        }
        _ = try? await gateway?.perform(RequestCommand(request.id, .forceCancel, audit: audit))
    }

    private func sensible(for request: JobRequest) -> [RequestEvent] {
        switch request.state {
        case .cancelling: [.forceCancel, .forceCancel, .forceCancel, .cancel]
        case .hold: [.release, .release, .cancel]
        case .wait, .ready: [.hold, .cancel, .hold]
        case .errorManualRecovery: RecoveryOutcome.allCases.map { .recover($0) } + [.cancel]
        case .running, .paused: [.cancel, .cancel] + ReportStatus.allCases.map { .complete($0, text: "by hand") }
        default: request.state.isTerminal ? [.delete, .forceCancel] : [.cancel]
        }
    }

    private var anything: [RequestEvent] {
        [.cancel, .forceCancel, .forceCancel, .hold, .release, .delete]
            + RecoveryOutcome.allCases.map { .recover($0) } + [
                .complete(.success, text: nil), .complete(.error, text: nil),
            ]
    }

    private func crashNode() {
        guard !nodes.isEmpty else { return }
        nodes.remove(at: Int.random(in: 0..<nodes.count, using: &random))
    }

    /// As a graceful shutdown: everything is told to end, what the store does not take is left to recovery.
    private func stopNode() async {
        guard nodes.count == plan.nodes, let node = nodes.last else { return }
        for attempt in node.launcher.attempts {
            node.launcher.stop(attempt.epoch, StopDemand(reason: .nodeStopping, grace: cancelGrace))
        }
        await endAttempts(of: node)
        _ = try? await store.leave(node.record.id)
        nodes.removeLast()
    }

    /// People who want everything to end.
    func releaseAndRecover() async {
        for request in memory.snapshot.requests.values.sorted(by: { $0.id < $1.id }) {
            let event: RequestEvent
            switch request.state {
            case .hold: event = .release
            case .errorManualRecovery: event = .recover(.cancelled)
            case .running where request.awaitsAsynchronousAnswer && !remoteKnows(request): event = .cancel
            case .running where request.owner != nil: event = .cancel
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
