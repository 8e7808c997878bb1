/// What nodes work on now, and how much of it is in use (administration §4).
package struct WorkloadStatus: Hashable, Sendable {
    /// One node.
    package struct Node: Hashable, Sendable {
        package let node: DiagnosisNode
        package let plan: WorkPlan

        package init(node: DiagnosisNode, plan: WorkPlan) {
            self.node = node
            self.plan = plan
        }
    }

    /// What a shift limits in the whole cluster.
    package struct Limit: Hashable, Sendable {
        package let slot: WorkSlot
        package let limit: Int
        package let inUse: Int

        package init(slot: WorkSlot, limit: Int, inUse: Int) {
            self.slot = slot
            self.limit = limit
            self.inUse = inUse
        }
    }

    /// Store time.
    package let now: Timestamp
    /// Those that live, by name.
    package let nodes: [Node]
    /// Of the shifts that are on, by assignment and kind.
    package let limits: [Limit]

    package init(now: Timestamp, nodes: [Node], limits: [Limit]) {
        self.now = now
        self.nodes = nodes
        self.limits = limits
    }

    /// What the shifts that are on limit, each once, in the order of the assignments.
    package static func limited(_ plans: [WorkPlan]) -> [(slot: WorkSlot, limit: Int)] {
        var found: [(slot: WorkSlot, limit: Int)] = []
        for share in plans.flatMap(\.shares) {
            for kind in WorkLimitKind.allCases {
                guard let slot = share.slot(kind), let limit = share.limit(kind),
                    !found.contains(where: { $0.slot == slot })
                else { continue }
                found.append((slot, limit))
            }
        }
        return found
    }
}
