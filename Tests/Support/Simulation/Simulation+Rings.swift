import SchedulerCore
import SchedulerEngine

/// Jobs whose sub-requests want what the others hold.
extension Simulation {
    /// The ring is closed with the last that begins to wait; or, where somebody else holds the same at first, with the
    /// end of that one.
    func makeRing() async {
        var open = random.percent(50) ? ["Exclusive", "Poster"] : ["Exclusive", "Reader", "Reader"]
        var holders: [RequestID: String] = [:]
        for name in open {
            if let id = await submit(holder(name)) { holders[id] = name }
        }
        for member in members {
            guard let dispatch = member.node.loops.first(where: { $0.name == "dispatch" }) else { continue }
            await pass(dispatch, of: member)
        }
        for member in members where !member.view.isFrozen {
            for attempt in member.node.launcher.attempts {
                // One of two readers goes on without sub-requests.
                guard let name = holders[attempt.current.id], let index = open.firstIndex(of: name) else { continue }
                open.remove(at: index)
                guard name != "Reader" || !open.contains(name), let opponent = NaiveLocks.opponents[name] else {
                    continue
                }
                var submission = holder(opponent)
                submission.placement = .subRequest(of: attempt.current.id, handle: attempt.epoch)
                await submit(submission)
                member.node.launcher.settle(attempt.epoch, .ended(.paused(state: nil)))
                await end(attempt.epoch, on: member.node)
            }
        }
    }

    private func holder(_ name: String) -> Submission {
        let facts = RequestFacts(
            definitionID: NaiveLocks.definition(name),
            jobTypeID: MetadataObjectID(kind: .jobType, package: "/sim", name: "Type"),
            executor: .swift,
            application: NaivePlace.application,
            submitter: "anna"
        )
        var submission = Submission(facts: facts, policy: ExecutionPolicy())
        submission.policy.priority = Int.random(in: 7...9, using: &random)
        submission.parameters = [Parameter(name: "ledger", value: "DE")]
        return submission
    }
}
