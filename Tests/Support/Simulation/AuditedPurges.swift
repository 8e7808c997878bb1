import SchedulerCore

/// What the auditor knows of purges, learned from what was ordered and from what was marked and removed.
struct AuditedPurges {
    struct Run {
        let order: PurgeOrder
        let start: Timestamp
        var trees: Int64 = 0
        var requests: Int64 = 0
        /// Root of the tree of which a part is marked.
        var part: RequestID?
        /// Somebody has deleted such a tree meanwhile.
        var isShared = false
        var isOver = false
    }

    var runs: [Int64: Run] = [:]
    /// Roots of trees whose rows stay.
    var kept: Set<RequestID> = []
    /// Seen to end, to be deleted, and to go.
    var removed: Set<RequestID> = []
    /// The greatest number that a request ever had.
    var greatest = RequestID(0)

    func isInPart(_ root: RequestID) -> Bool { runs.values.contains { $0.part == root } }
}

extension AuditedPurges.Run {
    /// Administration §6.5: what the order wants, by its root.
    func wants(_ root: JobRequest, before limit: Timestamp? = nil) -> Bool {
        let days: Int64?
        switch root.state {
        case .succeeded, .finished: days = order.retention.success
        case .error: days = order.retention.error
        case .warning: days = order.retention.warning
        case .cancelled: days = order.retention.cancelled
        default: days = nil
        }
        guard root.state.isTerminal, let ended = root.completedTime else { return false }
        let end = ended + .seconds((days ?? order.retention.other) * 86_400)
        let wish = order.criteria
        return end <= start && limit.map { ended < $0 } ?? true
            && [nil, root.facts.application].contains(wish.application)
            && (wish.product == nil || wish.product == root.facts.product)
            && [nil, root.facts.submitter].contains(wish.submitter)
            && [nil, root.facts.definitionID].contains(wish.jobDefinition)
    }
}
