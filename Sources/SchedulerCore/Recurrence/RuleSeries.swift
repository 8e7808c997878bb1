/// The instants of one pattern of a schedule, ascending, each once, in whole seconds since 1970-01-01T00:00:00Z.
struct RuleSeries: Sendable {
    private enum Kind: Sendable {
        case calendar(CalendarSeries)
        case elapsed(ElapsedSeries)
    }

    private let kind: Kind
    let anchor: Int64
    /// Last instant that may belong to the series, by UNTIL, COUNT, the pattern's end and the end of time.
    let last: Int64

    /// `start`, in seconds, is the anchor of a pattern without start. A rule with COUNT is counted here, once.
    init(_ pattern: SchedulePattern, start: Int64, zone: ZoneRules) {
        let rule = pattern.rule
        let wanted = pattern.startDate?.wholeSeconds ?? start
        anchor = min(max(wanted, RecurrenceLimits.secondsRange.lowerBound), RecurrenceLimits.secondsRange.upperBound)
        var last = RecurrenceLimits.secondsRange.upperBound
        if let endDate = pattern.endDate { last = min(last, endDate.wholeSeconds) }
        if let until = rule.until { last = min(last, until.lastSecond(in: zone)) }
        if let elapsed = ElapsedSeries(rule, anchor: anchor, zone: zone) {
            kind = .elapsed(elapsed)
            if let count = rule.count, let counted = elapsed.lastInstant(count: count, through: last) {
                last = min(last, counted)
            }
        } else {
            let calendar = CalendarSeries(rule, anchor: anchor, zone: zone)
            kind = .calendar(calendar)
            if let count = rule.count, let counted = calendar.lastInstant(count: count, through: last) {
                last = min(last, counted)
            }
        }
        self.last = last
    }

    /// The first instant after one; nil if none follows within the horizon.
    func next(after instant: Int64) -> Int64? {
        guard instant < last else { return nil }
        let next: Int64?
        switch kind {
        case .calendar(let series): next = series.next(after: instant)
        case .elapsed(let series): next = series.next(after: instant)
        }
        guard let next, next <= last, next - max(instant, anchor) <= Self.horizonSeconds else { return nil }
        return next
    }

    func contains(_ instant: Int64) -> Bool { next(after: instant - 1) == instant }

    /// How many instants lie after `first` up to `last`, if that can be told without counting; else nil.
    func count(after first: Int64, through last: Int64) -> Int? {
        guard case .elapsed(let series) = kind, series.isPlain else { return nil }
        let low = max(first, anchor - 1)
        let high = min(last, self.last)
        guard low < high else { return 0 }
        return Int((high - anchor).floorDivided(by: series.step) - (low - anchor).floorDivided(by: series.step))
    }

    /// The calendar rule behind the series, nil for one finer than DAILY.
    var calendar: CalendarSeries? {
        guard case .calendar(let series) = kind else { return nil }
        return series
    }

    private static let horizonSeconds: Int64 = RecurrenceLimits.horizonDays * LocalClock.secondsPerDay
}

extension RecurrenceEnd {
    /// The last second that UNTIL allows. Local times become instants as those of rules do.
    func lastSecond(in zone: ZoneRules) -> Int64 {
        switch self {
        case .instant(let seconds): seconds
        case .local(let seconds): zone.firstInstant(showing: seconds)
        case .day(let date): zone.firstInstant(showing: (date.daysSinceEpoch + 1) * LocalClock.secondsPerDay) - 1
        }
    }
}

extension Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z, without the fraction.
    package var wholeSeconds: Int64 { milliseconds.floorDivided(by: 1000) }

    /// A whole second; saturates instead of overflowing.
    package init(wholeSeconds seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        self.init(milliseconds: overflow ? (seconds < 0 ? .min : .max) : product)
    }
}
