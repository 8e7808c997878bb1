import SchedulerCore
import SchedulerEngine

/// Requests that make others: schedules, job sets, and jobs that submit sub-requests.
extension Simulation {
    func recurring() -> Submission {
        let isSet = random.percent(25)
        var submission = isSet ? jobSet() : lone()
        submission.placement = .root(isSet ? .jobSetRecurParent : .recurParent)
        let seconds = random.pick([5, 10, 20, 45, 60, 120]) ?? 60
        let start = time.now() + .milliseconds(Int.random(in: -90_000...20_000, using: &random))
        if random.percent(70) { submission.requestedStart = start }
        let count = Int.random(in: 1...8, using: &random)
        var text = seconds >= 60 ? "FREQ=MINUTELY;INTERVAL=\(seconds / 60)" : "FREQ=SECONDLY;INTERVAL=\(seconds)"
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: text += ";COUNT=\(count)"
        case 4..<8: submission.requestedEnd = start + .seconds(seconds * count)
        default: break
        }
        var schedule = JobSchedule(timezone: "UTC")
        schedule.recurrences = (try? RecurrenceRule(icalString: text)).map { [SchedulePattern(rule: $0)] } ?? []
        schedule.overlap = random.pick(OverlapPolicy.allCases) ?? .defer
        let whole = Timestamp(milliseconds: start.milliseconds / 1000 * 1000)
        if random.percent(20) {
            schedule.exclusions = [.instant(whole + .seconds(seconds * Int.random(in: 0...3, using: &random)))]
        }
        if random.percent(15) { schedule.inclusions = [whole + .seconds(Int.random(in: 0...90, using: &random))] }
        submission.plan = RequestPlan(
            schedule: schedule,
            catchUp: random.pick(CatchUpPolicy.allCases) ?? .all,
            jobSet: submission.plan?.jobSet
        )
        return submission
    }

    func jobSet() -> Submission {
        let plan = jobSetPlan(depth: 0)
        var submission = Submission(facts: setFacts(plan.mode), policy: policy())
        submission.placement = .root(.jobSetSingleton)
        submission.plan = RequestPlan(jobSet: plan)
        return submission
    }

    private func setFacts(_ mode: ExecutionMode) -> RequestFacts {
        var facts = RequestFacts(
            definitionID: NaiveLocks.definition(random.percent(25) ? "GuardedSet" : "Set", .jobSet),
            jobTypeID: nil,
            executor: nil,
            application: "Sim",
            submitter: "anna"
        )
        facts.executionMode = mode
        return facts
    }

    /// Links lead to later steps only, often nowhere.
    private func jobSetPlan(depth: Int) -> JobSetPlan {
        let names = Array(["a", "b", "c"].prefix(Int.random(in: 1...3, using: &random)))
        let mode: ExecutionMode = random.percent(60) ? .serial : .parallel
        let steps = names.indices.map { index -> StepPlan in
            let later = Array(names[(index + 1)...])
            let nested = depth < 2 && random.percent(20) ? jobSetPlan(depth: depth + 1) : nil
            let job = lone()
            let priority = Parameter(name: "SYS_priority", type: .integer, value: "\(job.policy.priority)")
            return StepPlan(
                name: names[index],
                successors: mode == .parallel
                    ? .init()
                    : .init(success: link(later, 90), warning: link(later, 70), error: link(later, 40)),
                selectState: random.percent(25) ? random.percent(50) : nil,
                facts: nested.map { setFacts($0.mode) } ?? job.facts,
                policy: job.policy,
                parameters: [Parameter(name: "submit.argument1", value: names[index])] + job.parameters
                    + (random.percent(50) ? [priority] : []),
                nested: nested
            )
        }
        return JobSetPlan(mode: mode, firstStep: "a", steps: steps)
    }

    private func link(_ later: [String], _ share: Int) -> String? {
        random.percent(share) ? random.pick(later) : nil
    }

    /// An invocation submits a sub-request by its handle; now and then one that is over does.
    func submitBelow() async {
        var speakers = members.filter { !$0.view.isFrozen }.flatMap { member in
            member.node.launcher.attempts.map { RemoteJob(id: $0.claimed.request.id, epoch: $0.epoch) }
        }
        if speakers.isEmpty || random.percent(30) { speakers = remoteJobs }
        guard let speaker = random.pick(speakers), let member = reached else { return }
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            var submission = lone()
            submission.requestedStart = nil
            submission.placement = .subRequest(of: speaker.id, handle: speaker.epoch)
            let parent = memory.snapshot.requests[speaker.id]
            do {
                acknowledged.insert(try await member.gateway.submit(submission, audit: nil).id)
            } catch let error as SchedulerError {
                let isLive = parent?.epoch == speaker.epoch && parent?.state == .running && parent?.deletedTime == nil
                guard isLive, parent?.handleStatus == .live, (parent?.kinship.depth ?? 0) < Limits.treeDepth else {
                    return
                }
                violations.append("request \(speaker.id) runs, and a sub-request of it is refused: \(error)")
            } catch {
                return
            }
        }
    }

    /// A schedule without an end, or one that a person has enough of.
    func isEndless(_ request: JobRequest) -> Bool {
        guard request.lineage.type.isRecurringParent, !request.state.isTerminal, request.state != .cancelling else {
            return false
        }
        let rules = memory.snapshot.plans[request.id]?.schedule?.recurrences ?? []
        return request.requestedEnd == nil && rules.contains { $0.rule.count == nil }
    }
}
