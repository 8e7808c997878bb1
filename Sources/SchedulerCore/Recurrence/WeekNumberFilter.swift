/// Which weeks of the year BYWEEKNO takes: week 1 is the first with at least four days in the year (ISO 8601, but the
/// week may begin on any weekday).
struct WeekNumberFilter: Sendable {
    private let numbers: NumberMask
    /// 0…6, Monday first.
    private let weekStart: Int

    init(_ numbers: [Int], weekStart: Weekday) {
        self.numbers = NumberMask(numbers)
        self.weekStart = weekStart.rawValue
    }

    /// Whether the day lies in one of the weeks, be it one that counts to the year before or after.
    func contains(_ day: DayCursor) -> Bool {
        let dayOfWeek = (day.weekday - weekStart + 7) % 7
        let index = day.dayOfYear - 1
        let firstDayOfWeek = ((dayOfWeek - index) % 7 + 7) % 7
        let weekOne = firstDayOfWeek <= 3 ? -firstDayOfWeek : 7 - firstDayOfWeek
        let weeks = Self.weeks(firstDayOfWeek, isLeapYear: day.isLeapYear)
        if index < weekOne {
            let isLeapYear = CivilDate.isLeap(year: day.year - 1)
            let weeks = Self.weeks((firstDayOfWeek + (isLeapYear ? 5 : 6)) % 7, isLeapYear: isLeapYear)
            return numbers.contains(weeks, of: weeks)
        }
        let week = (index - weekOne) / 7 + 1
        if week <= weeks { return numbers.contains(week, of: weeks) }
        let firstOfNextYear = (firstDayOfWeek + day.daysInYear) % 7
        let weeksOfNextYear = Self.weeks(firstOfNextYear, isLeapYear: CivilDate.isLeap(year: day.year + 1))
        return numbers.contains(1, of: weeksOfNextYear)
    }

    /// Weeks of a year whose first of January is the `firstDayOfWeek`-th day of its week, from 0.
    private static func weeks(_ firstDayOfWeek: Int, isLeapYear: Bool) -> Int {
        firstDayOfWeek == 3 || firstDayOfWeek == 2 && isLeapYear ? 53 : 52
    }
}
