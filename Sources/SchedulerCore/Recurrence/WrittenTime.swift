/// A date-time as a caller wrote it, with or without an offset (REST §2.5).
package struct WrittenTime: Hashable, Sendable {
    /// The instant; without an offset what the text means in UTC.
    package let instant: Timestamp
    package let hasOffset: Bool

    package init(instant: Timestamp, hasOffset: Bool = true) {
        self.instant = instant
        self.hasOffset = hasOffset
    }

    /// The instant that is meant: without an offset the first one at which a clock of the zone shows that time.
    package func instant(in zone: ZoneRules) -> Timestamp {
        guard !hasOffset else { return instant }
        let seconds = instant.wholeSeconds
        let fraction = instant - Timestamp(wholeSeconds: seconds)
        return Timestamp(wholeSeconds: zone.firstInstant(showing: seconds)) + fraction
    }
}
