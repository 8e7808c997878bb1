/// The value of UNTIL: the last moment at which a rule may have an instant.
package enum RecurrenceEnd: Hashable, Sendable {
    /// `20271231`: to the end of this local day.
    case day(CivilDate)
    /// `20271231T120000`: a local time of the schedule's zone, in seconds since 1970-01-01T00:00:00 on its clock.
    case local(seconds: Int64)
    /// `20271231T120000Z`: an instant, in seconds since 1970-01-01T00:00:00Z.
    case instant(seconds: Int64)

    /// As in RFC 5545: `20271231`, `20271231T120000` or `20271231T120000Z`.
    package var icalString: String {
        switch self {
        case .day(let date): Self.text(of: date)
        case .local(let seconds): Self.text(of: seconds)
        case .instant(let seconds): Self.text(of: seconds) + "Z"
        }
    }

    private static func text(of date: CivilDate) -> String {
        LocalClock.pad(date.year, 4) + LocalClock.pad(date.month, 2) + LocalClock.pad(date.day, 2)
    }

    private static func text(of seconds: Int64) -> String {
        let (day, second) = LocalClock.split(seconds)
        let time = LocalClock.time(second).filter { $0 != ":" }
        return text(of: CivilDate(daysSinceEpoch: day)) + "T" + time
    }
}
