/// One run of a purge, as the store keeps it: what it is to take, and how far it has come (administration §6.5).
package struct PurgeRun: Hashable, Sendable {
    /// 1, 2, …
    package let id: Int64
    package let order: PurgeOrder
    /// Who asked for it; `system` where its policy was due.
    package let principal: String
    /// Age counts from here, however long the run takes.
    package let startedTime: Timestamp
    /// Nil while there is more to take.
    package var endedTime: Timestamp?
    package var position = PurgePosition()
    /// Roots that were taken, or counted by a dry run.
    package var trees: Int64 = 0
    /// The same with all below them.
    package var requests: Int64 = 0

    package init(id: Int64, order: PurgeOrder, principal: String, startedTime: Timestamp) {
        self.id = id
        self.order = order
        self.principal = principal
        self.startedTime = startedTime
    }

    /// How many requests it may still take; nil = any number.
    package var room: Int64? { order.maxRequests.map { max(0, $0 - requests) } }
}

/// How far a run has come: all before it, in order of states and ends, was looked at.
package struct PurgePosition: Hashable, Sendable {
    /// Index in `PurgeOrder.states`.
    package var stage = 0
    /// The last root that was looked at in that state; nil at its beginning.
    package var last: PurgeMark?
    /// Where `last` is the root of a tree too large for one transaction: all below it up to this number, 0 at first, is
    /// marked, the rest and the root are not yet.
    package var below: RequestID?

    package init(stage: Int = 0, last: PurgeMark? = nil, below: RequestID? = nil) {
        self.stage = stage
        self.last = last
        self.below = below
    }

    package var state: RequestState? {
        PurgeOrder.states.indices.contains(stage) ? PurgeOrder.states[stage] : nil
    }
}

/// A place in the order of ends.
package struct PurgeMark: Hashable, Sendable {
    package let completedTime: Timestamp
    package let id: RequestID

    package init(completedTime: Timestamp, id: RequestID) {
        self.completedTime = completedTime
        self.id = id
    }
}

/// What lies below a root.
package struct PurgeFamily: Hashable, Sendable {
    package var descendants: Int64
    /// Those of them that are not terminal: by I11 none below a terminal root.
    package var live: Int64

    package init(descendants: Int64 = 0, live: Int64 = 0) {
        self.descendants = descendants
        self.live = live
    }
}
