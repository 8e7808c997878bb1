/// The offsets of a time zone as a table: which local time is shown at an instant, and when a local time is reached.
///
/// Instants are seconds since 1970-01-01T00:00:00Z, local times as in `LocalClock`. Before 1900 and after 2199 the zone
/// keeps the first and last offset of the table.
package struct ZoneRules: Hashable, Sendable {
    /// A stretch of time during which the zone has one offset.
    struct Period: Hashable, Sendable {
        /// First instant, in seconds.
        let start: Int64
        /// First instant after it, in seconds.
        let end: Int64
        /// Local time minus UTC, in seconds.
        let offset: Int64
        /// Latest local time shown in this or any earlier period, plus one second.
        let reached: Int64
    }

    /// IANA id, as given.
    package let identifier: String
    /// Without gap from the beginning to the end of time; at least one.
    let periods: [Period]

    /// Builds the table from the offset that holds first and the instants at which others begin, ascending.
    init(identifier: String, firstOffset: Int64, changes: [(instant: Int64, offset: Int64)]) {
        self.identifier = identifier
        var periods: [Period] = []
        var start = Self.beginning
        var offset = firstOffset
        var reached = Int64.min
        for change in changes where change.offset != offset {
            reached = max(reached, change.instant + offset)
            periods.append(Period(start: start, end: change.instant, offset: offset, reached: reached))
            (start, offset) = (change.instant, change.offset)
        }
        periods.append(Period(start: start, end: Self.endOfTime, offset: offset, reached: Self.endOfTime + offset))
        self.periods = periods
    }

    package static func == (left: ZoneRules, right: ZoneRules) -> Bool { left.identifier == right.identifier }

    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

    // MARK: - Instant to local time

    /// Local time minus UTC at an instant, in seconds.
    package func offset(at instant: Int64) -> Int64 { periods[index(at: instant)].offset }

    /// What the clock shows at an instant.
    package func local(at instant: Int64) -> Int64 { instant + offset(at: instant) }

    /// The latest local time that the clock has shown up to an instant: more than it shows now, while it repeats one.
    func latestLocal(through instant: Int64) -> Int64 {
        let index = index(at: instant)
        let local = instant + periods[index].offset
        return index == 0 ? local : max(local, periods[index - 1].reached - 1)
    }

    /// Index of the period that holds an instant.
    func index(at instant: Int64) -> Int {
        var low = 0
        var high = periods.count - 1
        while low < high {
            let middle = (low + high) / 2
            if instant < periods[middle].end { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // MARK: - Local time to instant

    /// The first instant at which the clock shows `local` or more (runtime §5.2).
    ///
    /// That is the whole rule for changes of the clock: a local time in a gap becomes the first instant after it, a
    /// doubled one its first pass. It never runs backwards: a later local time has a later or equal instant.
    package func firstInstant(showing local: Int64) -> Int64 {
        let period = periods[firstIndex(reaching: local)]
        return max(period.start, local - period.offset)
    }

    /// The instant of a local time, and whether the clock skips that time or shows it again later.
    func resolve(_ local: Int64) -> (instant: Int64, isSkipped: Bool, isDoubled: Bool) {
        let index = firstIndex(reaching: local)
        let instant = max(periods[index].start, local - periods[index].offset)
        if local - periods[index].offset < instant { return (instant, true, false) }
        let comesAgain = periods[(index + 1)...].prefix(Self.periodsUntilTimesDiffer).contains { period in
            period.start + period.offset <= local && local < period.end + period.offset
        }
        return (instant, false, comesAgain)
    }

    private func firstIndex(reaching local: Int64) -> Int {
        var low = 0
        var high = periods.count - 1
        while low < high {
            let middle = (low + high) / 2
            if local < periods[middle].reached { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// A local time that comes again does so within the next few periods.
    private static let periodsUntilTimesDiffer = 3
    /// Far outside of what is looked at, and far from overflowing.
    private static let beginning: Int64 = -1_000_000_000_000
    private static let endOfTime: Int64 = 1_000_000_000_000
}
