/// Instants of a schedule that were passed over, as its parent keeps them (runtime §5.3).
package struct SkipRecord: Hashable, Sendable {
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        /// They lay in the past when they could have been made.
        case catchUp = "CATCH_UP"
        /// An earlier instance was not terminal.
        case overlap = "OVERLAP"
        case `operator` = "OPERATOR"
    }

    package let first: Timestamp
    /// Equal to `first` for a single instant.
    package let last: Timestamp
    /// How many instants of the schedule lie from `first` to `last`; at least so many unless `isCountExact`.
    package let count: Int
    package let isCountExact: Bool
    package let reason: Reason

    package init(first: Timestamp, last: Timestamp, count: Int, isCountExact: Bool = true, reason: Reason) {
        self.first = first
        self.last = last
        self.count = count
        self.isCountExact = isCountExact
        self.reason = reason
    }

    /// A single skipped instant.
    package init(_ instant: Timestamp, reason: Reason) {
        self.init(first: instant, last: instant, count: 1, reason: reason)
    }
}
