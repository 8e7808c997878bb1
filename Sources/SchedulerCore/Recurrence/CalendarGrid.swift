/// The days, weeks, months or years of a rule, numbered without gap; every `interval`-th, counted from the anchor's, is
/// taken. All days are counted since 1970-01-01.
struct CalendarGrid: Sendable {
    private let frequency: RecurrenceFrequency
    private let interval: Int64
    /// Number of the anchor's period.
    private let origin: Int64
    /// First day of the week, 0…6, Monday first.
    private let weekStart: Int64
    /// Last day of the last period that is looked at. Where periods lie more than the horizon apart none follows the
    /// anchor's, and from wherever one looks the rule is over with it.
    let lastDay: Int64
    /// Most days that a period has.
    let daysInPeriodMax: Int

    init(_ rule: RecurrenceRule, anchorDay: Int64) {
        frequency = rule.frequency
        interval = Int64(rule.interval)
        weekStart = Int64(rule.weekStart.rawValue)
        origin = Self.number(of: DayCursor(anchorDay), rule.frequency, weekStart)
        daysInPeriodMax = [.daily: 1, .weekly: 7, .monthly: 31][rule.frequency] ?? 366
        let daysPerUnit: Int64 = [.daily: 1, .weekly: 7, .monthly: 30][rule.frequency] ?? 365
        let isEndless = interval * daysPerUnit <= RecurrenceLimits.horizonDays
        lastDay = isEndless ? .max : Self.start(of: origin + 1, rule.frequency, weekStart) - 1
    }

    /// The first day of the first taken period after that of `day`; nil if that of `day` is taken itself.
    @inline(__always)
    func nextTaken(after day: DayCursor) -> Int64? {
        if interval == 1 { return nil }
        let number = Self.number(of: day, frequency, weekStart)
        let distance = number - origin
        let rest = distance - distance.floorDivided(by: interval) * interval
        return rest == 0 ? nil : Self.start(of: number - rest + interval, frequency, weekStart)
    }

    /// The period that holds a day.
    func period(holding day: DayCursor) -> ClosedRange<Int64> {
        let number = Self.number(of: day, frequency, weekStart)
        return Self.start(of: number, frequency, weekStart)...(Self.start(of: number + 1, frequency, weekStart) - 1)
    }

    private static func number(of day: DayCursor, _ frequency: RecurrenceFrequency, _ weekStart: Int64) -> Int64 {
        switch frequency {
        // 1970-01-01 was a Thursday, three days after a Monday.
        case .weekly: (day.days + 3 - weekStart).floorDivided(by: 7)
        case .monthly: day.year * 12 + Int64(day.month) - 1
        case .yearly: day.year
        case .secondly, .minutely, .hourly, .daily: day.days
        }
    }

    private static func start(of number: Int64, _ frequency: RecurrenceFrequency, _ weekStart: Int64) -> Int64 {
        switch frequency {
        case .weekly: return number * 7 - 3 + weekStart
        case .monthly:
            let year = number.floorDivided(by: 12)
            return firstOfMonth(year: year, month: number - year * 12 + 1)
        case .yearly: return firstOfMonth(year: number, month: 1)
        case .secondly, .minutely, .hourly, .daily: return number
        }
    }

    /// Any year counts here, so that periods at the edge of the calendar have their ends.
    private static func firstOfMonth(year: Int64, month: Int64) -> Int64 {
        let era = year.floorDivided(by: 400)
        let inEra = CivilDate(year: year - era * 400 + 2000, month: month, day: 1)?.daysSinceEpoch ?? 0
        return inEra + (era - 5) * 146_097
    }
}
