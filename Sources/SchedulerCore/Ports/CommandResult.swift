/// What became of a command.
package struct CommandResult: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case applied
        /// Legal, durable already, nothing to write.
        case unchanged
        case refused(SchedulerError)
        case dropped(DropReason)
    }

    package let outcome: Outcome
    /// The addressed request after the command; nil where there is none.
    @Shared package private(set) var request: JobRequest?
    /// Everything that the command changed, in its transaction: the addressed request first, then its relatives and
    /// whoever waited for it. Empty unless applied.
    package let changes: [RequestChange]

    package init(_ outcome: Outcome, request: JobRequest?, changes: [RequestChange] = []) {
        self.outcome = outcome
        self.request = request
        self.changes = changes
    }
}

/// A request that a transaction changed, and what nodes do about it once that is durable.
package struct RequestChange: Hashable, Sendable {
    @Shared package private(set) var request: JobRequest
    package let effects: [RequestEffect]

    package init(_ request: JobRequest, effects: [RequestEffect] = []) {
        self.request = request
        self.effects = effects
    }

    /// One change a request, with its newest value and all effects, in the order in which they were first changed.
    static func merged(_ changes: [RequestChange]) -> [RequestChange] {
        var places: [RequestID: Int] = [:]
        var merged: [RequestChange] = []
        for change in changes {
            if let place = places[change.request.id] {
                let newest = change.request.revision >= merged[place].request.revision ? change : merged[place]
                merged[place] = RequestChange(newest.request, effects: merged[place].effects + change.effects)
            } else {
                places[change.request.id] = merged.count
                merged.append(change)
            }
        }
        return merged
    }
}
