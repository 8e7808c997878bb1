package import SchedulerCore

/// An instant or a whole local day that a schedule leaves out (REST §3.3).
package enum ExclusionInput: Hashable, Sendable {
    case instant(DateTimeInput)
    case day(CivilDate)

    /// Nil unless the text is a date (`2027-12-24`) or a date-time.
    package init?(_ text: String) {
        if text.utf8.count == "2027-12-24".utf8.count, let midnight = Timestamp(rfc3339: text + "T00:00Z") {
            self = .day(CivilDate(daysSinceEpoch: midnight.milliseconds.floorDivided(by: 86_400_000)))
        } else if let instant = DateTimeInput(text) {
            self = .instant(instant)
        } else {
            return nil
        }
    }
}
