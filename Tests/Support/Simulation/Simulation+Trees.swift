import SchedulerCore
import SchedulerEngine

/// Requests that make others: job sets, and jobs that submit sub-requests.
extension Simulation {
    func jobSet() -> Submission {
        let submitter = random.pick(NaiveMetadata.users) ?? "anna"
        let plan = jobSetPlan(depth: 0, submitter: submitter)
        var submission = Submission(facts: setFacts(plan.mode, submitter: submitter), policy: policy())
        submission.placement = .root(.jobSetSingleton)
        submission.plan = RequestPlan(jobSet: plan)
        return submission
    }

    private func setFacts(_ mode: ExecutionMode, submitter: String) -> RequestFacts {
        var facts = RequestFacts(
            definitionID: NaiveLocks.definition(random.percent(25) ? "GuardedSet" : "Set", .jobSet),
            jobTypeID: nil,
            executor: nil,
            application: NaivePlace.application,
            submitter: submitter
        )
        facts.executionMode = mode
        choosePlace(in: &facts)
        return facts
    }

    /// Links lead to later steps only, often nowhere.
    private func jobSetPlan(depth: Int, submitter: String) -> JobSetPlan {
        let names = Array(["a", "b", "c"].prefix(Int.random(in: 1...3, using: &random)))
        let mode: ExecutionMode = random.percent(60) ? .serial : .parallel
        let steps = names.indices.map { index -> StepPlan in
            let later = Array(names[(index + 1)...])
            let nested = depth < 2 && random.percent(20) ? jobSetPlan(depth: depth + 1, submitter: submitter) : nil
            var job = lone()
            job.facts.submitter = submitter
            job.facts.runAsUser = submitter
            let priority = Parameter(name: "SYS_priority", type: .integer, value: "\(job.policy.priority)")
            return StepPlan(
                name: names[index],
                successors: mode == .parallel
                    ? .init()
                    : .init(success: link(later, 90), warning: link(later, 70), error: link(later, 40)),
                selectState: random.percent(25) ? random.percent(50) : nil,
                facts: nested.map { setFacts($0.mode, submitter: submitter) } ?? job.facts,
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
        let below = speakers.filter { memory.snapshot.requests[$0.id]?.lineage.type == .subRequest }
        if random.percent(50), !below.isEmpty { speakers = below }
        guard let speaker = random.pick(speakers), let member = reached else { return }
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let parent = memory.snapshot.requests[speaker.id]
            var submission = lone()
            submission.requestedStart = nil
            submission.placement = .subRequest(of: speaker.id, handle: speaker.epoch)
            do {
                acknowledged.insert(try await member.gateway.submissions.submit(submission, audit: nil).id)
            } catch let error as SchedulerError {
                let isLive = parent?.epoch == speaker.epoch && parent?.state == .running && parent?.deletedTime == nil
                // The callouts of a set have a handle, and sub-requests are those of jobs.
                let isJob = parent?.facts.executor != nil && parent?.handleStatus == .live
                guard isLive, isJob, (parent?.kinship.depth ?? 0) < Limits.treeDepth else { return }
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
