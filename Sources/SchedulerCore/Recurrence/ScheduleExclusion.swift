/// What a schedule leaves out.
package enum ScheduleExclusion: Hashable, Sendable, CustomStringConvertible {
    case instant(Timestamp)
    /// All instants of this local day.
    case day(CivilDate)

    /// Reads an RFC 3339 date-time, or a date `2027-12-24`; nil for any other text.
    package init?(_ text: some StringProtocol) {
        if let instant = Timestamp(rfc3339: text) {
            self = .instant(instant)
            return
        }
        // A date is what makes a date-time together with a time; a date-time is not.
        guard text.utf8.count == Self.dateBytes, let midnight = Timestamp(rfc3339: text + "T00:00Z") else { return nil }
        self = .day(CivilDate(daysSinceEpoch: LocalClock.split(midnight.wholeSeconds).day))
    }

    package var description: String {
        switch self {
        case .instant(let instant): instant.description
        case .day(let date): LocalClock.date(date)
        }
    }

    /// Length of `2027-12-24`.
    private static let dateBytes = 10
}
