import SchedulerCore
import SchedulerEngine

/// Jobs whose sub-requests want what the others hold.
extension Simulation {
    /// The ring is closed with the last that begins to wait, or with the end of somebody who holds the same.
    func makeRing() async {
        guard let ring = random.pick(NaiveLocks.rings) else { return }
        var wishes: [RequestID: String] = [:]
        for link in ring {
            if let id = await submit(holder(link.holder)) { wishes[id] = link.wish }
        }
        await dispatchAll()
        for member in members {
            for attempt in member.node.launcher.attempts where !member.view.isFrozen {
                guard let wish = wishes[attempt.current.id] else { continue }
                var submission = holder(wish)
                submission.placement = .subRequest(of: attempt.current.id, handle: attempt.epoch)
                await submit(submission)
                member.node.launcher.settle(attempt.epoch, .ended(.paused(state: nil)))
                await end(attempt.epoch, on: member.node)
                if random.percent(50) { await dispatchAll() }
            }
        }
    }

    private func dispatchAll() async {
        for member in members {
            guard let dispatch = member.node.loops.first(where: { $0.name == "dispatch" }) else { continue }
            await pass(dispatch, of: member)
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
