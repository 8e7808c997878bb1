/// A date while days are walked through: what rules ask about it, kept up without divisions.
struct DayCursor {
    /// Days since 1970-01-01.
    private(set) var days: Int64
    private(set) var year: Int64
    /// 1…12.
    private(set) var month: Int
    /// 1…31.
    private(set) var day: Int
    /// 1…366.
    private(set) var dayOfYear: Int
    /// 0…6, Monday first.
    private(set) var weekday: Int
    private(set) var daysInMonth: Int
    private(set) var isLeapYear: Bool

    var daysInYear: Int { isLeapYear ? 366 : 365 }

    init(_ days: Int64) {
        let date = CivilDate(daysSinceEpoch: days)
        self.days = days
        year = date.year
        month = Int(date.month)
        day = Int(date.day)
        isLeapYear = CivilDate.isLeap(year: date.year)
        daysInMonth = Int(CivilDate.daysIn(month: date.month, year: date.year))
        dayOfYear = Self.daysBefore(month: month, isLeapYear: isLeapYear) + day
        weekday = Weekday(daysSinceEpoch: days).rawValue
    }

    /// The next day.
    mutating func advance() {
        days += 1
        day += 1
        dayOfYear += 1
        weekday = weekday == 6 ? 0 : weekday + 1
        guard day > daysInMonth else { return }
        day = 1
        month += 1
        if month == 13 {
            (month, dayOfYear) = (1, 1)
            year += 1
            isLeapYear = CivilDate.isLeap(year: year)
        }
        daysInMonth = Int(CivilDate.daysIn(month: Int64(month), year: year))
    }

    /// The first day of the next month.
    mutating func advanceMonth() {
        let rest = daysInMonth - day
        days += Int64(rest)
        weekday = (weekday + rest) % 7
        dayOfYear += rest
        day = daysInMonth
        advance()
    }

    private static func daysBefore(month: Int, isLeapYear: Bool) -> Int {
        // March to December begin as many days after the first of March in every year.
        guard month > 2 else { return month == 1 ? 0 : 31 }
        return (153 * (month - 3) + 2) / 5 + (isLeapYear ? 60 : 59)
    }
}
