/// What work assignments look at in a request (runtime §7.2): all requests of a group are taken, or left, alike.
///
/// Stores keep its label with each request that can run, so that a pass leaves out whole groups which the node's plan
/// does not take now. The label says nothing of the assignments themselves: it never goes stale, whatever becomes of
/// metadata.
package struct WorkGroup: Hashable, Sendable {
    package let facts: SpecializationFacts
    /// Which limit of a shift counts it.
    package let kind: WorkLimitKind?
    /// A job set needs none but for its callouts.
    package let needsThread: Bool

    package init(facts: SpecializationFacts, kind: WorkLimitKind? = nil, needsThread: Bool = true) {
        self.facts = facts
        self.kind = kind
        self.needsThread = needsThread
    }

    package init(_ facts: RequestFacts, _ policy: ExecutionPolicy) {
        self.init(
            facts: SpecializationFacts(facts),
            kind: WorkLimitKind(facts),
            needsThread: facts.executor != nil || policy.hasPreProcess || policy.hasPostProcess
        )
    }

    package var demand: WorkDemand { WorkDemand(needsThread: needsThread, kind: kind) }

    /// One text for all of it, another for every group: what stores keep. It is never taken apart.
    package var label: String {
        var text = "work"
        for part in [
            facts.definition.description, needsThread ? kind?.rawValue ?? "-" : "SET", facts.userName,
            String(facts.enterpriseID), facts.application, facts.product, facts.requestCategory,
            facts.logicalClusterName,
        ] {
            // Parts may hold any character: their lengths keep them apart.
            guard let part else {
                text += "\u{1F}-"
                continue
            }
            text += "\u{1F}\(part.utf8.count):\(part)"
        }
        return text
    }
}

extension JobRequest {
    package var workGroup: WorkGroup { WorkGroup(facts, policy) }
}
