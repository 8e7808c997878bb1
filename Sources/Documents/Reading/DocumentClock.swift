import SchedulerCore

/// Reads the times of a document: RFC 3339, and without `Z` or offset local times of the document's zone, else UTC
/// (REST §2.5).
struct DocumentClock {
    private let zone: ZoneRules?

    /// A zone that does not exist is reported by whoever checks the document; times are read as UTC then.
    init(timezone: String?) {
        zone = timezone.flatMap { try? ZoneRules(identifier: $0) }
    }

    /// Nil unless the text is a date-time of the years 0001 to 9999.
    func instant(_ text: String) -> Timestamp? {
        guard let written = Timestamp(rfc3339: text) else { return nil }
        let instant = Self.hasOffset(text) ? written : local(written)
        return Self.writableRange.contains(instant) ? instant : nil
    }

    /// A date is a whole day, in the zone of whichever schedule leaves it out.
    func exclusion(_ text: String) -> ScheduleExclusion? {
        if case .day(let day)? = ScheduleExclusion(text) { return .day(day) }
        return instant(text).map { .instant($0) }
    }

    /// What the clock of the zone showed at `written`, taken for UTC so far: a time that it skips is the first one
    /// after it, of one that it shows twice the first.
    private func local(_ written: Timestamp) -> Timestamp {
        guard let zone else { return written }
        let seconds = written.milliseconds.floorDivided(by: 1000)
        let rest = written.milliseconds - seconds * 1000
        return Timestamp(milliseconds: zone.firstInstant(showing: seconds) * 1000 + rest)
    }

    private static func hasOffset(_ text: String) -> Bool {
        let tail = Array(text.utf8.suffix("+00:00".utf8.count))
        let isUTC = tail.last == UInt8(ascii: "Z") || tail.last == UInt8(ascii: "z")
        return isUTC || tail.first.map { "+- ".utf8.contains($0) } == true
    }

    /// What can be written with a year of four digits: 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
    private static let writableRange =
        Timestamp(milliseconds: -62_135_596_800_000)...Timestamp(milliseconds: 253_402_300_799_999)
}
