/// Local time as one number: seconds that a clock of the zone shows since 1970-01-01T00:00:00 on that same clock.
///
/// Local times so written are compared, and moved by days, as plain numbers; `ZoneRules` leads to instants and back.
package enum LocalClock {
    package static let secondsPerDay: Int64 = 86_400

    /// Days since 1970-01-01 and the second of that day.
    @inline(__always)
    package static func split(_ seconds: Int64) -> (day: Int64, second: Int64) {
        let day = seconds.floorDivided(by: secondsPerDay)
        return (day, seconds - day * secondsPerDay)
    }

    /// `2027-03-28T02:30:00`, without offset.
    package static func text(_ seconds: Int64) -> String {
        let (days, second) = split(seconds)
        return date(CivilDate(daysSinceEpoch: days)) + "T" + time(second)
    }

    /// `2027-03-28`.
    package static func date(_ date: CivilDate) -> String {
        pad(date.year, 4) + "-" + pad(date.month, 2) + "-" + pad(date.day, 2)
    }

    /// `+01:00`, with seconds only for the offsets of old that have some: `+00:53:28`.
    package static func offsetText(_ offset: Int64) -> String {
        let size = abs(offset)
        let seconds = size % 60 == 0 ? "" : ":" + pad(size % 60, 2)
        return (offset < 0 ? "-" : "+") + pad(size / 3600, 2) + ":" + pad(size / 60 % 60, 2) + seconds
    }

    /// `hh:mm:ss` of a second of the day.
    package static func time(_ second: Int64) -> String {
        pad(second / 3600, 2) + ":" + pad(second / 60 % 60, 2) + ":" + pad(second % 60, 2)
    }

    /// Decimal with zeros in front, to at least `width` digits.
    static func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
