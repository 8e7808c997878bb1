import SchedulerCore
import SchedulerEngine

/// What can happen in one step.
extension Simulation {
    func act() async {
        if members.isEmpty, random.percent(30) { await startNode() }
        if !starting.isEmpty, random.percent(30) { await goOnStarting() }
        if !held.isEmpty, random.percent(15) { await goOnHeld() }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<3 where hasRings: await makeRing()
        case 0..<7: await submit()
        case 7..<10: await submitBelow()
        case 10..<31: await runOneLoop()
        case 31: await purge()
        case 32..<47: await moveOneAttempt()
        case 47..<62: await speakAsRemoteJob()
        case 62..<79: await speakAsPerson()
        case 79: await forceAcrossNodes()
        case 80..<89: await advance(by: .milliseconds(Int.random(in: 1...20_000, using: &random)))
        case 89: jumpWallClock()
        case 90..<97: await troubleNodes()
        case 97 where random.percent(40): changeSettings()
        case 97 where random.percent(60): metadata.disabled = metadata.disabled.isEmpty ? ["bert"] : []
        case 97: changeWork()
        case 98 where random.percent(60): await changeDefinitions()
        case 98: changeWork()
        default: await startNode()
        }
    }

    /// People share out the work of the nodes anew.
    func changeWork() { metadata.work = newWork() }

    private func troubleNodes() async {
        let kind = Int.random(in: 0..<7, using: &random)
        if kind == 0 { return await changeQuiescence() }
        if random.percent(15) { return await claimLate() }
        guard let member = random.pick(members) else { return }
        switch kind {
        case 1, 2: await crash(member)
        case 3 where members.count == nodeCount && !member.view.isFrozen: await stop(member)
        case 4, 5: freeze(member)
        default: cut(member)
        }
    }

    /// A cancel by one node, which dies; a forced one by another while the job reports to a third: whoever comes
    /// first has won, and every node says so.
    private func forceAcrossNodes() async {
        let requests = memory.snapshot.requests.values.sorted { $0.id < $1.id }
        let waiting = requests.filter { $0.awaitsAsynchronousAnswer && [.running, .cancelling].contains($0.state) }
        guard let request = random.pick(waiting), let epoch = request.epoch, let first = reached else { return }
        let audit = AuditEntry(principal: "anna", action: "cancel")
        await call(RequestCommand(request.id, .cancel, audit: audit), at: first)
        if random.percent(30) { await crash(first) }
        await advance(by: memory.machineSettings.forceCancelAfter)
        let force = RequestCommand(
            request.id,
            .forceCancel,
            audit: AuditEntry(principal: "bert", action: "forceCancel")
        )
        let report = RequestCommand(request.id, .report(.success, text: "late", handle: epoch))
        for command in [force, report, force].shuffled(using: &random) { await call(command) }
        guard memory.snapshot.requests[request.id]?.state.isTerminal == true else { return }
        for command in [force, report] {
            var answers: Set<CommandResult.Outcome> = []
            for member in members where !member.view.isFrozen {
                if let result = await call(command, at: member) { answers.insert(result.outcome) }
            }
            if answers.count > 1 { violations.append("I19 nodes answer \(command.event) differently: \(answers)") }
        }
    }

    /// The clock of a node moves nothing. That of the store does where it is that of the only node, with a file; in a
    /// cluster it is another's, which may be a little behind after it was replaced, so that store time stands still.
    private func jumpWallClock() {
        if nodeCount > 1 {
            let clock = random.pick(members)?.clock
            clock?.jumpWallClock(by: .seconds(Int.random(in: -7200...7200, using: &random)))
            if random.percent(20) { time.jumpWallClock(by: .seconds(Int.random(in: -20 ... -1, using: &random))) }
            return
        }
        let seconds =
            random.percent(90) ? Int.random(in: -30...30, using: &random) : Int.random(in: -7200...7200, using: &random)
        time.jumpWallClock(by: .seconds(seconds))
    }

    private func submit() async {
        let submission =
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<45: lone()
            case 45..<70: recurring()
            default: jobSet()
            }
        await submit(submission)
    }

    /// - Returns: what became of it; nil where the answer was lost.
    @discardableResult
    func submit(_ submission: Submission) async -> RequestID? {
        let request = try? await reached?.gateway.submissions.submit(submission, audit: nil)
        if let request { acknowledged.insert(request.id) }
        return request?.id
    }

    func lone() -> Submission {
        var facts = RequestFacts(
            definitionID: NaiveLocks.definition(random.pick(NaiveLocks.jobs) ?? "Job"),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/sim", name: "Type"),
            executor: random.pick([.process, .http, .swift]) ?? .swift,
            application: NaivePlace.application,
            submitter: random.pick(NaiveMetadata.users) ?? "anna"
        )
        choosePlace(in: &facts)
        facts.product = random.pick(NaiveWork.products) ?? nil
        facts.isAsynchronous = facts.executor == .http ? random.percent(80) : facts.executor == .process ? false : nil
        facts.hasCancelCall = facts.executor == .http && random.percent(50)
        var submission = Submission(facts: facts, policy: policy())
        if let ledger = random.pick(NaiveLocks.ledgers) ?? nil {
            submission.parameters = [Parameter(name: "ledger", value: ledger)]
        }
        if random.percent(30) {
            submission.requestedStart = time.now() + .seconds(Int.random(in: -10...60, using: &random))
        }
        return submission
    }

    func policy() -> ExecutionPolicy {
        var policy = ExecutionPolicy()
        policy.priority = Int.random(in: 0...9, using: &random)
        policy.retries = Int.random(in: 0...2, using: &random)
        policy.retryDelay = .seconds(Int.random(in: 0...20, using: &random))
        policy.retryFactor = random.percent(50) ? 2 : 1
        policy.retryJitter = random.percent(50) ? 0.5 : 0
        if random.percent(20) { policy.requestExpiration = .seconds(30) }
        if random.percent(40) { policy.requestTimeout = .seconds(45) }
        policy.timeoutAction = random.pick(ExecutionPolicy.TimeoutAction.allCases) ?? .mark
        policy.hasPreProcess = random.percent(20)
        policy.hasPostProcess = random.percent(30)
        policy.reprocessDelay = .seconds(15)
        policy.nodeLost = random.percent(20) ? .manualRecovery : .retry
        if random.percent(30) { policy.cancelEndAfter = random.pick([.seconds(5), .seconds(90)]) }
        return policy
    }

    /// Mostly a job that is still listened to, often one that has suspended itself; now and then one that was
    /// forgotten long ago.
    private func speakAsRemoteJob() async {
        let known = memory.snapshot.requests
        let heard = remoteJobs.filter { known[$0.id]?.epoch == $0.epoch && known[$0.id]?.state.isTerminal == false }
        let suspended = heard.filter { known[$0.id]?.isSuspended == true }
        var speakers = random.percent(75) && !heard.isEmpty ? heard : remoteJobs
        if random.percent(50), !suspended.isEmpty { speakers = suspended }
        let cancelling = heard.filter { known[$0.id]?.state == .cancelling }
        if random.percent(50), !cancelling.isEmpty { speakers = cancelling }
        guard let job = random.pick(speakers) else { return }
        let isRunning = known[job.id]?.state == .running && known[job.id]?.epoch == job.epoch
        let suspends = isRunning && random.percent(35)
        // A suspended job can end once.
        let ends: [ReportStatus] = [.success, .warning, .error, .error, .businessError, .cancel, .update]
        let kinds = known[job.id]?.isSuspended == true ? ends : ReportStatus.allCases + [.error, .warning]
        let status = suspends ? .suspend : random.pick(kinds) ?? .success
        let event: RequestEvent =
            random.percent(15) ? .checkIn(handle: job.epoch) : .report(status, text: "said", handle: job.epoch)
        await call(RequestCommand(job.id, event))
    }

    func reportAll() async {
        for job in remoteJobs {
            await call(RequestCommand(job.id, .report(.success, text: nil, handle: job.epoch)))
        }
    }

    /// Half of them know what they do, the others try anything anywhere.
    private func speakAsPerson() async {
        if random.percent(12) { return await speakAsPlanner() }
        if random.percent(4) { return await refresh() }
        let requests = memory.snapshot.requests.values.sorted { $0.id < $1.id }
        // Any state as likely as any other, so that rare ones are not missed.
        let states = Set(requests.map(\.state)).sorted { $0.code < $1.code }
        let live = states.filter { !$0.isTerminal }
        guard let state = random.pick(random.percent(80) && !live.isEmpty ? live : states),
            let request = random.pick(requests.filter { $0.state == state })
        else { return }
        if random.percent(25), let suspended = random.pick(requests.filter(\.isSuspended)) {
            let status =
                random.pick([ReportStatus.success, .warning, .error, .error, .businessError, .cancel]) ?? .error
            let event = RequestEvent.complete(status, text: "by hand")
            await call(RequestCommand(suspended.id, event, audit: AuditEntry(principal: "anna", action: "complete")))
        }
        if random.percent(20), let called = random.pick(requests.filter { $0.dueCallout != nil && $0.owner != nil }) {
            await call(RequestCommand(called.id, .cancel, audit: AuditEntry(principal: "anna", action: "cancel")))
        }
        if request.state == .cancelling, random.percent(30) { return await forceCancelInTime(request) }
        let isKnowing = random.percent(50)
        let events = isKnowing ? sensible(for: request) : anything
        guard let event = random.pick(events) else { return }
        let audit = AuditEntry(principal: "anna", action: event == .forceCancel ? "forceCancel" : "other")
        guard random.percent(30), let member = reached else {
            await call(RequestCommand(request.id, event, audit: audit))
            return
        }
        let result = await call(RequestCommand(request.id, event, audit: audit), at: member)
        if event == .cancel, result?.outcome == .applied { checkThatNodeIsTold(of: request, member.node) }
    }

    /// The node that took the cancel tells its own attempt at once; any other node's hears of it by the heartbeat.
    private func checkThatNodeIsTold(of cancelled: JobRequest, _ node: SimulatedNode) {
        guard cancelled.state == .running, cancelled.owner == node.record.id else { return }
        let attempt = node.launcher.attempts.first { $0.epoch == cancelled.epoch }
        guard let attempt, attempt.demand == nil else { return }
        violations.append("I23 node \(node.record.id) was not told that attempt \(attempt.epoch) is cancelled")
    }

    /// Tries one millisecond before the first instant, and at it; often the job has just said that it lives, which
    /// moves that instant.
    private func forceCancelInTime(_ request: JobRequest) async {
        if random.percent(50), let epoch = request.epoch {
            await advance(by: .milliseconds(Int.random(in: 1...5000, using: &random)))
            await call(RequestCommand(request.id, .checkIn(handle: epoch)))
        }
        let request = memory.snapshot.requests[request.id] ?? request
        let audit = AuditEntry(principal: "punctual", action: "forceCancel")
        let after = memory.machineSettings.forceCancelAfter
        if let earliest = ForceCancelRule.earliestTime(request, forceCancelAfter: after), earliest > memory.now() {
            time.jumpWallClock(by: max(.zero, memory.now() - time.now()))
            await advance(by: earliest - time.now() + .milliseconds(-1))
            await call(RequestCommand(request.id, .forceCancel, audit: audit))
            await advance(by: .milliseconds(1))
        }
        await call(RequestCommand(request.id, .forceCancel, audit: audit))
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

    /// People who want everything to end, in the end also schedules that would go on for ever.
    func releaseAndRecover(endsEndless: Bool) async {
        for request in memory.snapshot.requests.values.sorted(by: { $0.id < $1.id }) {
            let event: RequestEvent
            switch request.state {
            case .hold: event = .release
            case .errorManualRecovery: event = .recover(.cancelled)
            case .running where request.awaitsAsynchronousAnswer && !remoteKnows(request): event = .cancel
            case .running where request.owner != nil: event = .cancel
            case _ where endsEndless && isEndless(request): event = .cancel
            case .cancelling where request.awaitsAsynchronousAnswer: event = .forceCancel
            default: continue
            }
            let action = event == .forceCancel ? "forceCancel" : "settle"
            let audit = AuditEntry(principal: "operator", action: action)
            await call(RequestCommand(request.id, event, audit: audit))
        }
    }

    private func remoteKnows(_ request: JobRequest) -> Bool {
        remoteJobs.contains { $0.id == request.id && $0.epoch == request.epoch }
    }
}
