/// What a node does for one active assignment: at most so many threads, of requests that it accepts.
package struct WorkShare: Hashable, Sendable {
    package let assignment: WorkAssignment
    /// The shift that is on; nil for the built-in assignment of new nodes.
    package let workshift: Workshift?
    package let isExclusive: Bool
    /// Fewer than the allocation where the node has not enough for all.
    package let threads: Int

    package init(assignment: WorkAssignment, workshift: Workshift?, isExclusive: Bool, threads: Int) {
        self.assignment = assignment
        self.workshift = workshift
        self.isExclusive = isExclusive
        self.threads = threads
    }

    package var grant: WorkGrant { WorkGrant(assignment: assignment.id, workshift: workshift?.id) }

    /// How many requests of a kind may run under it at once in the cluster; nil = no limit.
    package func limit(_ kind: WorkLimitKind) -> Int? {
        let limit =
            switch kind {
            case .asyncJava: workshift?.asyncJavaLimit
            case .plsql: workshift?.plsqlLimit
            }
        return limit.map { Int(clamping: $0) }
    }

    /// What counts requests of a kind; nil where nothing limits them.
    package func slot(_ kind: WorkLimitKind) -> WorkSlot? {
        guard let workshift, limit(kind) != nil else { return nil }
        return WorkSlot(assignment: assignment.id, workshift: workshift.id, kind: kind)
    }
}
