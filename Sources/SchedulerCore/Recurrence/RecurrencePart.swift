/// The parts of a rule, in the order of the canonical text.
package enum RecurrencePart: String, CaseIterable, Hashable, Sendable {
    case frequency = "FREQ"
    case interval = "INTERVAL"
    case byMonth = "BYMONTH"
    case byWeekNumber = "BYWEEKNO"
    case byYearDay = "BYYEARDAY"
    case byMonthDay = "BYMONTHDAY"
    case byDay = "BYDAY"
    case byHour = "BYHOUR"
    case byMinute = "BYMINUTE"
    case bySecond = "BYSECOND"
    case bySetPosition = "BYSETPOS"
    case count = "COUNT"
    case until = "UNTIL"
    case weekStart = "WKST"

    /// Refused with ESS-04003 where `recurrence.extensions` is off.
    package var isExtension: Bool {
        switch self {
        case .bySetPosition, .count, .until, .weekStart: true
        default: false
        }
    }

    /// Whether the part selects instants that BYSETPOS could pick from.
    var isSelector: Bool { rawValue.hasPrefix("BY") && self != .bySetPosition }
}
