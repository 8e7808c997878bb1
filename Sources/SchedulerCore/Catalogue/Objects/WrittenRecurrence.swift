/// A recurrence rule as it is written down, with the bounds of its own instants (REST §3.3).
package struct WrittenRecurrence: Hashable, Sendable {
    /// RRULE of RFC 5545.
    package var icalString: String
    package var startDate: Timestamp?
    package var endDate: Timestamp?

    package init(icalString: String, startDate: Timestamp? = nil, endDate: Timestamp? = nil) {
        self.icalString = icalString
        self.startDate = startDate
        self.endDate = endDate
    }

    /// Fails with ESS-04002 or 04003 for the rule.
    package func pattern(extensions: Bool) throws(SchedulerError) -> SchedulePattern {
        SchedulePattern(
            rule: try RecurrenceRule(icalString: icalString, extensions: extensions),
            startDate: startDate,
            endDate: endDate
        )
    }

    static func patterns(
        of recurrences: [WrittenRecurrence],
        extensions: Bool
    ) throws(SchedulerError) -> [SchedulePattern] {
        var patterns: [SchedulePattern] = []
        for recurrence in recurrences { patterns.append(try recurrence.pattern(extensions: extensions)) }
        return patterns
    }
}
