/// What one node works on until something of it changes (administration §4).
package struct WorkPlan: Hashable, Sendable {
    /// An assignment that is bound to the node and not active.
    package struct Resting: Hashable, Sendable {
        package let assignment: WorkAssignment
        package let scope: WorkBinding.Scope
        /// `disabled` or `inactive`.
        package let obstacle: WorkObstacle

        init(_ assignment: WorkAssignment, _ scope: WorkBinding.Scope, _ obstacle: WorkObstacle) {
            self.assignment = assignment
            self.scope = scope
            self.obstacle = obstacle
        }
    }

    /// Active assignments, by id.
    package let shares: [WorkShare]
    /// By id.
    package let resting: [Resting]
    /// Nothing is bound to the node: it does all that nobody has for himself.
    package let isDefault: Bool
    package let threads: Int
    /// Those that some node, this one or another, has for itself.
    package let exclusives: [WorkAssignment]
    /// Bound to other nodes only.
    package let others: [WorkAssignment]
    /// When a shift may begin or end; nil = not before the catalogue or the threads change.
    package let nextChange: Timestamp?

    init(
        shares: [WorkShare],
        resting: [Resting],
        isDefault: Bool,
        threads: Int,
        exclusives: [WorkAssignment],
        others: [WorkAssignment],
        nextChange: Timestamp?
    ) {
        self.shares = shares
        self.resting = resting
        self.isDefault = isDefault
        self.threads = threads
        self.exclusives = exclusives
        self.others = others
        self.nextChange = nextChange
    }

    /// The node does everything: no request needs to be looked at.
    package var isEverything: Bool { isDefault && exclusives.isEmpty }

    /// What the plan says of requests with these facts, whatever runs: worth keeping for all that have the same.
    package func acceptance(of facts: SpecializationFacts) -> WorkAcceptance {
        // What somebody has for himself runs under such a binding only.
        let claiming = exclusives.filter { $0.accepts(facts) }
        if isDefault {
            guard claiming.isEmpty else { return WorkAcceptance(.noBoundAssignment(accepting: claiming.map(\.id))) }
            return WorkAcceptance(isDefault: true)
        }
        let accepting = shares.indices.filter { index in
            (claiming.isEmpty || shares[index].isExclusive) && shares[index].assignment.accepts(facts)
        }
        let waiting = resting.filter { one in
            (claiming.isEmpty || one.scope == .exclusive) && one.assignment.accepts(facts)
        }
        guard accepting.isEmpty, waiting.isEmpty else {
            return WorkAcceptance(shares: accepting, obstacles: waiting.map(\.obstacle))
        }
        let elsewhere = claiming.isEmpty ? others.filter { $0.accepts(facts) } : claiming
        return WorkAcceptance(.noBoundAssignment(accepting: elsewhere.map(\.id)))
    }
}

/// Under what a plan takes requests with the same facts.
package struct WorkAcceptance: Hashable, Sendable {
    /// Indices of the plan's shares.
    package let shares: [Int]
    /// Taken without an assignment.
    package let isDefault: Bool
    /// What keeps the assignments from it that accept it and are not active, or that there are none.
    package let obstacles: [WorkObstacle]

    init(shares: [Int] = [], isDefault: Bool = false, obstacles: [WorkObstacle] = []) {
        self.shares = shares
        self.isDefault = isDefault
        self.obstacles = obstacles
    }

    init(_ obstacle: WorkObstacle) { self.init(obstacles: [obstacle]) }

    /// Nothing takes them before the plan changes.
    package var isClosed: Bool { shares.isEmpty && !isDefault }
}
