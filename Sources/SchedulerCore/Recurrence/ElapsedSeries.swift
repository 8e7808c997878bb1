/// The instants of a rule finer than DAILY: it steps in elapsed time from its anchor and tests each step's local time.
struct ElapsedSeries: Sendable {
    /// Origin of the steps and first instant that may belong to the series, in seconds.
    let anchor: Int64
    /// Distance of steps, in seconds.
    let step: Int64
    private let zone: ZoneRules
    private let days: DayFilter
    private let limit: StepTimes?
    private let expansion: StepExpansion?

    /// Nil for a rule DAILY or coarser. `anchor` is in seconds since 1970-01-01T00:00:00Z.
    init?(_ rule: RecurrenceRule, anchor: Int64, zone: ZoneRules) {
        guard let unit = rule.frequency.elapsedSeconds else { return nil }
        self.anchor = anchor
        self.zone = zone
        step = unit * Int64(rule.interval)
        days = DayFilter(rule, anchor: DayCursor(LocalClock.split(zone.local(at: anchor)).day))
        limit = StepTimes(rule, anchor: anchor, step: step, zone: zone)
        expansion = StepExpansion(rule)
    }

    /// Each step is an instant, and nothing else is.
    var isPlain: Bool { days.isTrivial && limit == nil && expansion == nil }

    /// The first instant after one, both in seconds; nil if none follows within the horizon.
    func next(after instant: Int64) -> Int64? {
        let instant = max(instant, anchor - 1)
        guard let expansion else { return nextStep(from: instant + 1, at: nil)?.instant }
        if expansion.isEmpty { return nil }
        // The local hour or minute of an earlier step may reach beyond `instant`.
        var from = instant + 2 - expansion.length
        var index: Int?
        for _ in 0..<RecurrenceLimits.stepsTriedMax {
            guard let step = nextStep(from: from, at: index) else { return nil }
            if let found = expansion.first(after: instant, around: step.instant, in: zone.periods[step.period]) {
                return found
            }
            guard step.instant - instant <= RecurrenceLimits.horizonDays * LocalClock.secondsPerDay else { return nil }
            (from, index) = (step.instant + 1, step.period)
        }
        return nil
    }

    /// The first step at or after `instant` whose local time the rule takes, and the index of its zone period; nil if
    /// there is none within the horizon. `index` is that of a period at or before `instant`.
    ///
    /// Days and times that cannot match are jumped over, at most to the end of the zone period: behind it the same
    /// local times may come again.
    private func nextStep(from instant: Int64, at index: Int?) -> (instant: Int64, period: Int)? {
        var candidate = roundedUp(instant)
        let last = candidate + RecurrenceLimits.horizonDays * LocalClock.secondsPerDay
        var index = index ?? zone.index(at: candidate)
        var gap = DayGap()
        for _ in 0..<RecurrenceLimits.stepsTriedMax {
            guard candidate <= last else { return nil }
            while zone.periods[index].end <= candidate { index += 1 }
            let period = zone.periods[index]
            if let limit, !limit.isReached(offset: period.offset) {
                candidate = roundedUp(period.end)
                continue
            }
            let (day, second) = LocalClock.split(candidate + period.offset)
            let target: Int64
            if !days.isTrivial, day != gap.end, !days.contains(DayCursor(day)) {
                if !gap.contains(day) {
                    guard let next = days.firstDay(from: day + 1, through: day + RecurrenceLimits.horizonDays + 1)
                    else { return nil }
                    gap = DayGap(start: day, end: next)
                }
                target = gap.end * LocalClock.secondsPerDay
            } else if let limit {
                let time = limit.times.first(from: second)
                if time == second { return (candidate, index) }
                target = day * LocalClock.secondsPerDay + (time ?? LocalClock.secondsPerDay)
            } else {
                return (candidate, index)
            }
            candidate = roundedUp(min(target - period.offset, period.end))
        }
        return nil
    }

    /// The first step at or after an instant.
    private func roundedUp(_ instant: Int64) -> Int64 {
        guard instant > anchor else { return anchor }
        return anchor + (instant - anchor + step - 1) / step * step
    }
}

/// Days of which none is taken, and the taken one behind them: what the last search through the calendar has found.
private struct DayGap {
    var start = Int64.max
    var end = Int64.max

    func contains(_ day: Int64) -> Bool { day >= start && day < end }
}
