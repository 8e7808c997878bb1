package import SchedulerCore

/// A date-time as a caller wrote it (REST §2.5).
package struct DateTimeInput: Hashable, Sendable {
    /// The instant; without offset in the text, the one that the text means in UTC.
    package let instant: Timestamp
    /// Whether the text names `Z` or an offset. If not, it is a local time in the zone of the schedule it stands
    /// beside, and `instant` holds only where there is no schedule.
    package let hasOffset: Bool

    package init(instant: Timestamp, hasOffset: Bool = true) {
        self.instant = instant
        self.hasOffset = hasOffset
    }

    /// Nil unless the text is RFC 3339, seconds, fraction and offset optional, of the years 0001 to 9999 in UTC.
    package init?(_ text: String) {
        guard let instant = Timestamp(rfc3339: text), Self.writableRange.contains(instant) else { return nil }
        let tail = Array(text.utf8.suffix(6))
        let isUTC = tail.last == UInt8(ascii: "Z") || tail.last == UInt8(ascii: "z")
        let offsetSigns = "+- ".utf8
        self.init(instant: instant, hasOffset: isUTC || tail.first.map { offsetSigns.contains($0) } == true)
    }

    /// Whether the order of both is certain before any zone is known.
    package func isComparable(with other: DateTimeInput) -> Bool { hasOffset == other.hasOffset }

    /// What can be written with a year of four digits: 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
    private static let writableRange =
        Timestamp(milliseconds: -62_135_596_800_000)...Timestamp(milliseconds: 253_402_300_799_999)
}
