/// A recurrence rule of RFC 5545 as a value (runtime §5.2).
///
/// Lists are ascending and without repetition; an empty one means that the part is absent. Two texts that differ only
/// in order, case, zeros or repeated values are equal rules.
package struct RecurrenceRule: Hashable, Sendable {
    package let frequency: RecurrenceFrequency
    /// 1…99999 units of `frequency`.
    package let interval: Int
    /// BYMONTH, 1…12.
    package let months: [Int]
    /// BYWEEKNO, ±1…53.
    package let weekNumbers: [Int]
    /// BYYEARDAY, ±1…366.
    package let yearDays: [Int]
    /// BYMONTHDAY, ±1…31.
    package let monthDays: [Int]
    /// BYDAY.
    package let weekdays: [WeekdayOrdinal]
    /// BYHOUR, 0…23.
    package let hours: [Int]
    /// BYMINUTE, 0…59.
    package let minutes: [Int]
    /// BYSECOND, 0…59.
    package let seconds: [Int]
    /// BYSETPOS, ±1…366.
    package let setPositions: [Int]
    /// COUNT, 1…1000000 instants from the anchor.
    package let count: Int?
    /// UNTIL.
    package let until: RecurrenceEnd?
    /// WKST.
    package let weekStart: Weekday

    /// Reads `[RRULE:]part;part…[;]`: parts in any order and case, each once, zeros in front allowed.
    ///
    /// Fails with ESS-04002 and the position, in characters from 1, of the first one that is wrong: of a value for its
    /// range, of a part's name for a part that is unknown, repeated or out of place, behind the end for a missing FREQ.
    /// Without `extensions` a BYSETPOS, COUNT, UNTIL or WKST fails with ESS-04003 and its name.
    package init(icalString text: String, extensions: Bool = true) throws(SchedulerError) {
        var parser = RecurrenceParser(text, extensions: extensions)
        self = try parser.parse()
    }

    /// Takes over what the parser has read and checked.
    init(_ draft: RecurrenceDraft, frequency: RecurrenceFrequency) {
        self.frequency = frequency
        interval = draft.interval
        months = draft.list(.byMonth)
        weekNumbers = draft.list(.byWeekNumber)
        yearDays = draft.list(.byYearDay)
        monthDays = draft.list(.byMonthDay)
        weekdays = Set(draft.weekdays).sorted()
        hours = draft.list(.byHour)
        minutes = draft.list(.byMinute)
        seconds = draft.list(.bySecond)
        setPositions = draft.list(.bySetPosition)
        count = draft.count
        until = draft.until
        weekStart = draft.weekStart
    }
}
