/// Decides which instant of a schedule is made next, and which are passed over (runtime §5.3).
///
/// The caller keeps the cursor, the last instant decided: after a plan it is the instant made, or else the last one
/// skipped. So each instant up to the cursor is made or skipped, once.
package struct OccurrencePlanner: Sendable {
    /// What to do with the instants after the cursor.
    package struct Plan: Hashable, Sendable {
        /// The instant to make; nil if none is left, and the schedule is over.
        package let instant: Timestamp?
        /// Instants passed over before it.
        package let skipped: SkipRecord?
        /// The new cursor; nil where it stays.
        package var cursor: Timestamp? { instant ?? skipped?.last }

        package init(instant: Timestamp?, skipped: SkipRecord? = nil) {
            self.instant = instant
            self.skipped = skipped
        }
    }

    private let occurrences: Occurrences
    private let catchUp: CatchUpPolicy

    /// `catchUp` is the policy in force, see `CatchUpPolicy.effective`.
    package init(_ occurrences: Occurrences, catchUp: CatchUpPolicy) {
        self.occurrences = occurrences
        self.catchUp = catchUp
    }

    /// The next instant after `cursor`, nil for the beginning. Whatever lies before `now`, by a millisecond even, has
    /// passed and goes by catch-up.
    package func plan(after cursor: Timestamp?, now: Timestamp) -> Plan {
        let cursor = cursor ?? occurrences.beforeFirst
        guard let first = occurrences.next(after: cursor) else { return Plan(instant: nil) }
        guard first < now else { return Plan(instant: first) }
        let past = Timestamp(wholeSeconds: Timestamp(milliseconds: now.milliseconds - 1).wholeSeconds)
        switch catchUp {
        case .all:
            return Plan(instant: first)
        case .latest:
            let last = occurrences.last(atOrBefore: past, after: cursor) ?? first
            guard last > first else { return Plan(instant: first) }
            let skipped = skip(from: first, through: Timestamp(wholeSeconds: last.wholeSeconds - 1))
            return Plan(instant: last, skipped: skipped)
        case .none:
            return Plan(instant: occurrences.next(after: past), skipped: skip(from: first, through: past))
        }
    }

    /// What follows where the instant that was to come is dropped, by an operator or since an earlier instance runs:
    /// the skip of that one, and the plan after it. None left: the plan has no instant.
    ///
    /// Two records may come of it, of the dropped instant and of those that have passed meanwhile.
    package func plan(
        skipping instant: Timestamp,
        reason: SkipRecord.Reason,
        now: Timestamp
    ) -> (skipped: SkipRecord, plan: Plan) {
        (SkipRecord(instant, reason: reason), plan(after: instant, now: now))
    }

    /// The record of all instants from `first`, which is one, to `limit`.
    private func skip(from first: Timestamp, through limit: Timestamp) -> SkipRecord {
        let last = occurrences.last(atOrBefore: limit, after: first) ?? first
        let (following, isExact) = occurrences.count(after: first, through: last)
        return SkipRecord(first: first, last: last, count: following + 1, isCountExact: isExact, reason: .catchUp)
    }
}
