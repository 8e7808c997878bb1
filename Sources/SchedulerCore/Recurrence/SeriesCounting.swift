extension ElapsedSeries {
    /// The `count`-th instant from the anchor; nil if fewer come up to `last`.
    func lastInstant(count: Int, through last: Int64) -> Int64? {
        if isPlain { return anchor + Int64(count - 1) * step }
        var instant = anchor - 1
        for _ in 0..<count {
            guard instant < last, let next = next(after: instant) else { return nil }
            instant = next
        }
        return instant
    }
}

extension CalendarSeries {
    /// The `count`-th instant from the anchor; nil if fewer come up to `last`. Local times that fall together where the
    /// clock is put forward are one instant.
    func lastInstant(count: Int, through last: Int64) -> Int64? {
        var instant = anchor - 1
        var rest = count
        while rest > 0 {
            guard instant < last, let next = next(after: instant) else { return nil }
            if let days = wholeDays(from: next, atMost: rest) {
                (instant, rest) = (days.last, rest - days.count)
            } else {
                (instant, rest) = (next, rest - 1)
            }
        }
        return instant
    }

    /// Counts instants by days, from one that is the first of its day, up to the next change of the clock.
    ///
    /// Gives how many instants the days have, at most `most`, and the last of them; nil where days cannot be counted as
    /// a whole.
    private func wholeDays(from instant: Int64, atMost most: Int) -> (count: Int, last: Int64)? {
        guard takesWholeDays, times.count <= most else { return nil }
        let period = zone.periods[zone.index(at: instant)]
        let local = instant + period.offset
        let (firstDay, second) = LocalClock.split(local)
        // While the clock repeats what it has shown, local times are no instants of their own.
        guard second == times.time(at: 0), zone.latestLocal(through: instant) == local else { return nil }
        let lastWholeDay = LocalClock.split(period.end + period.offset).day - 1
        guard firstDay <= lastWholeDay else { return nil }
        var (count, lastDay) = (times.count, firstDay)
        while count + times.count <= most {
            let horizon = min(lastWholeDay, lastDay + RecurrenceLimits.horizonDays)
            guard let day = self.firstDay(from: lastDay + 1, through: horizon) else { break }
            (count, lastDay) = (count + times.count, day)
        }
        let lastLocal = lastDay * LocalClock.secondsPerDay + times.time(at: times.count - 1)
        return (count, lastLocal - period.offset)
    }
}
