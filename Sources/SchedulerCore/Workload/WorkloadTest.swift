/// Which assignments would take a request, on which nodes, and when (administration §4).
package struct WorkloadTest: Hashable, Sendable {
    /// An assignment that accepts it and is bound to a node.
    package struct Match: Hashable, Sendable {
        package enum State: String, CaseIterable, Hashable, Sendable {
            case open = "OPEN"
            case closed = "CLOSED"
            case disabled = "DISABLED"
        }

        package let assignment: MetadataObjectID
        package let isExclusive: Bool
        package let state: State
        /// That is on, or begins next.
        package let workshift: MetadataObjectID?
        /// Of the shift that is on.
        package let threads: Int?
        /// When the next shift begins.
        package let nextWindow: Timestamp?
    }

    /// One node.
    package struct Node: Hashable, Sendable {
        package let name: String
        /// Whether it would start it if a thread is free.
        package let isTaken: Bool
        /// Nothing is bound to it: it takes what nobody has for himself.
        package let isDefault: Bool
        /// By id.
        package let matches: [Match]

        /// - Parameters:
        ///   - name: of the node.
        ///   - plan: of the instant.
        ///   - facts: of the request.
        package init(name: String, plan: WorkPlan, facts: SpecializationFacts) {
            self.name = name
            isDefault = plan.isDefault
            isTaken = !plan.acceptance(of: facts).isClosed
            let open = plan.shares.filter { $0.assignment.accepts(facts) }.map(Match.init)
            let resting = plan.resting.filter { $0.assignment.accepts(facts) }.map(Match.init)
            matches = (open + resting).sorted { $0.assignment.description < $1.assignment.description }
        }
    }

    package let instant: Timestamp
    /// All assignments that accept it, bound or not, by id.
    package let accepting: [MetadataObjectID]
    /// Those that live, by name.
    package let nodes: [Node]

    package init(instant: Timestamp, accepting: [MetadataObjectID], nodes: [Node]) {
        self.instant = instant
        self.accepting = accepting
        self.nodes = nodes
    }
}

extension WorkloadTest.Match {
    fileprivate init(_ share: WorkShare) {
        self.init(
            assignment: share.assignment.id,
            isExclusive: share.isExclusive,
            state: .open,
            workshift: share.workshift?.id,
            threads: share.threads,
            nextWindow: nil
        )
    }

    fileprivate init(_ resting: WorkPlan.Resting) {
        var workshift: MetadataObjectID?
        var nextWindow: Timestamp?
        var state = State.disabled
        if case .inactive(_, let shift, let next) = resting.obstacle {
            state = .closed
            workshift = shift
            nextWindow = next
        }
        self.init(
            assignment: resting.assignment.id,
            isExclusive: resting.scope == .exclusive,
            state: state,
            workshift: workshift,
            threads: nil,
            nextWindow: nextWindow
        )
    }
}
