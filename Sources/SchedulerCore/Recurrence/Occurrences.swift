/// The instants of a schedule within a window (runtime §5.1): whole seconds, ascending, each once, exclusions left out.
///
/// Every look-up starts from its argument, not from the beginning, so that enumeration from any point is the tail of
/// that from the start. It does bounded work, see `RecurrenceLimits`; where the bound is met nothing is found.
package struct Occurrences: Sendable {
    let zone: ZoneRules
    /// First and last second of the window.
    let window: ClosedRange<Int64>
    let series: [RuleSeries]
    /// Ascending, each once.
    let inclusions: [Int64]
    private let excludedInstants: Set<Int64>
    /// Days since 1970-01-01 of the zone.
    private let excludedDays: Set<Int64>
    private let excludedSeries: [RuleSeries]

    /// The instants of `schedule` from `start`, the requested start or else the submission, to `end`, both included.
    ///
    /// `start` is the anchor of rules without one; like that it counts without its fraction of a second. Without `end`
    /// there is no bound. Fails with ESS-04004 if the zone is unknown.
    package init(_ schedule: JobSchedule, start: Timestamp, end: Timestamp?) throws(SchedulerError) {
        let zone = try ZoneRules(identifier: schedule.timezone)
        let range = RecurrenceLimits.secondsRange
        let first = min(max(start.wholeSeconds, range.lowerBound), range.upperBound)
        let last = min(end?.wholeSeconds ?? range.upperBound, range.upperBound)
        self.zone = zone
        // An end before the start leaves the window empty.
        window = first...max(first, last)
        let isEmpty = last < first
        series = isEmpty ? [] : schedule.recurrences.map { RuleSeries($0, start: first, zone: zone) }
        inclusions = isEmpty ? [] : Set(schedule.inclusions.map(\.wholeSeconds)).sorted()
        excludedSeries = schedule.exclusionPatterns.map { RuleSeries($0, start: first, zone: zone) }
        var instants: Set<Int64> = []
        var days: Set<Int64> = []
        for exclusion in schedule.exclusions {
            switch exclusion {
            case .instant(let instant): instants.insert(instant.wholeSeconds)
            case .day(let date): days.insert(date.daysSinceEpoch)
            }
        }
        excludedInstants = instants
        excludedDays = days
    }

    /// The first instant after one; nil if none follows within 100 years.
    package func next(after instant: Timestamp) -> Timestamp? {
        next(after: instant.wholeSeconds).map(Timestamp.init(wholeSeconds:))
    }

    /// The first instant of all.
    package var first: Timestamp? { next(after: window.lowerBound - 1).map(Timestamp.init(wholeSeconds:)) }

    /// A cursor that lies before all instants.
    package var beforeFirst: Timestamp { Timestamp(wholeSeconds: window.lowerBound - 1) }

    // MARK: - In seconds

    func next(after instant: Int64) -> Int64? {
        var from = max(instant, window.lowerBound - 1)
        for _ in 0..<RecurrenceLimits.excludedInARowMax {
            guard let candidate = nextCandidate(after: from) else { return nil }
            guard let free = passExclusions(candidate) else { return candidate }
            from = free
        }
        return nil
    }

    /// The first instant after one that a rule or an inclusion yields, excluded or not.
    func nextCandidate(after instant: Int64) -> Int64? {
        guard instant < window.upperBound else { return nil }
        var earliest = nextInclusion(after: instant)
        for series in series {
            guard let next = series.next(after: instant) else { continue }
            if let known = earliest, known <= next { continue }
            earliest = next
        }
        guard let earliest, earliest <= window.upperBound else { return nil }
        return earliest
    }

    /// One rule, and nothing that adds to it or takes away from it.
    var hasSingleSource: Bool {
        series.count == 1 && inclusions.isEmpty && excludedInstants.isEmpty && excludedDays.isEmpty
            && excludedSeries.isEmpty
    }

    func isExcluded(_ instant: Int64) -> Bool { passExclusions(instant) != nil }

    /// For an excluded instant one, itself or later, up to which all are excluded; nil for one that is not excluded.
    private func passExclusions(_ instant: Int64) -> Int64? {
        if !excludedDays.isEmpty {
            let period = zone.periods[zone.index(at: instant)]
            let day = LocalClock.split(instant + period.offset).day
            if excludedDays.contains(day) {
                return min((day + 1) * LocalClock.secondsPerDay - period.offset, period.end) - 1
            }
        }
        if excludedInstants.contains(instant) { return instant }
        return excludedSeries.contains { $0.contains(instant) } ? instant : nil
    }

    private func nextInclusion(after instant: Int64) -> Int64? {
        var (low, high) = (0, inclusions.count)
        while low < high {
            let middle = (low + high) / 2
            if inclusions[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low < inclusions.count ? inclusions[low] : nil
    }
}
