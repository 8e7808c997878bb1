/// A rule with the bounds of its own instants (runtime §5.1).
package struct SchedulePattern: Hashable, Sendable {
    package let rule: RecurrenceRule
    /// The anchor: first instant that may be one of the rule, nil for the start of the request.
    package let startDate: Timestamp?
    /// Last instant that may be one of the rule.
    package let endDate: Timestamp?

    package init(rule: RecurrenceRule, startDate: Timestamp? = nil, endDate: Timestamp? = nil) {
        self.rule = rule
        self.startDate = startDate
        self.endDate = endDate
    }
}
