/// The instants of a rule DAILY or coarser: local times are built first, then led to instants by the zone.
struct CalendarSeries: Sendable {
    /// First instant that may belong to the series.
    let anchor: Int64
    let zone: ZoneRules
    let times: ClockTimes
    private let days: DayFilter
    private let grid: CalendarGrid
    private let positions: SetPositions?
    /// BYSETPOS asks for more than a period ever has.
    private let isEmpty: Bool
    /// Each taken day has all its times.
    var takesWholeDays: Bool { positions == nil }

    /// `anchor` is in seconds since 1970-01-01T00:00:00Z.
    init(_ rule: RecurrenceRule, anchor: Int64, zone: ZoneRules) {
        let (day, second) = LocalClock.split(zone.local(at: anchor))
        self.anchor = anchor
        self.zone = zone
        let clock = (Int(second) / 3600, Int(second) / 60 % 60, Int(second) % 60)
        times = ClockTimes(
            hours: rule.hours.isEmpty ? [clock.0] : rule.hours,
            minutes: rule.minutes.isEmpty ? [clock.1] : rule.minutes,
            seconds: rule.seconds.isEmpty ? [clock.2] : rule.seconds
        )
        days = DayFilter(rule, anchor: DayCursor(day))
        grid = CalendarGrid(rule, anchorDay: day)
        positions = SetPositions(rule)
        // Without this, positions that no period reaches would be looked for day by day for 100 years.
        isEmpty = positions?.indices(of: grid.daysInPeriodMax * times.count).isEmpty ?? false
    }

    /// The first instant after one, both in seconds; nil if none follows within the horizon.
    func next(after instant: Int64) -> Int64? {
        nextLocal(after: zone.latestLocal(through: max(instant, anchor - 1))).map(zone.firstInstant)
    }

    /// The first local time of the series after one. Times before the anchor are not left out.
    func nextLocal(after local: Int64) -> Int64? {
        if isEmpty { return nil }
        let (day, second) = LocalClock.split(local)
        let last = min(day + RecurrenceLimits.horizonDays, grid.lastDay)
        if let positions { return nextLocal(after: local, from: day, through: last, positions) }
        guard let first = firstDay(from: day, through: last) else { return nil }
        if first > day { return Self.local(first, times.time(at: 0)) }
        if let time = times.first(from: second + 1) { return Self.local(day, time) }
        return firstDay(from: day + 1, through: last).map { Self.local($0, times.time(at: 0)) }
    }

    /// The first date of the series, without regard to BYSETPOS.
    func firstDay(from first: Int64, through last: Int64) -> Int64? {
        guard first <= last else { return nil }
        var cursor = DayCursor(first)
        while cursor.days <= last {
            if let next = grid.nextTaken(after: cursor) {
                cursor = DayCursor(next)
            } else if days.contains(cursor) {
                return cursor.days
            } else if days.takesMonth(of: cursor) {
                cursor.advance()
            } else {
                cursor.advanceMonth()
            }
        }
        return nil
    }

    private func nextLocal(
        after local: Int64,
        from day: Int64,
        through last: Int64,
        _ positions: SetPositions
    ) -> Int64? {
        var day = day
        while day <= last {
            let cursor = DayCursor(day)
            if let next = grid.nextTaken(after: cursor) {
                day = next
                continue
            }
            let period = grid.period(holding: cursor)
            for candidate in members(of: period, positions) where candidate > local { return candidate }
            day = period.upperBound + 1
        }
        return nil
    }

    /// The local times of a period that BYSETPOS takes, ascending.
    private func members(of period: ClosedRange<Int64>, _ positions: SetPositions) -> [Int64] {
        var dates: [Int64] = []
        var cursor = DayCursor(period.lowerBound)
        while cursor.days <= period.upperBound {
            if !days.takesMonth(of: cursor) {
                cursor.advanceMonth()
                continue
            }
            if days.contains(cursor) { dates.append(cursor.days) }
            cursor.advance()
        }
        return positions.indices(of: dates.count * times.count).map { index in
            Self.local(dates[index / times.count], times.time(at: index % times.count))
        }
    }

    private static func local(_ day: Int64, _ second: Int64) -> Int64 { day * LocalClock.secondsPerDay + second }
}
