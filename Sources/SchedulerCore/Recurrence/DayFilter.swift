/// Which dates the BY parts of a rule take, compiled for speed. The interval of the rule is not its concern.
struct DayFilter: Sendable {
    /// Bit n for month n.
    private let months: UInt16
    private let monthDays: NumberMask
    /// Indexed by 1…366; from the front, and from the end of the year.
    private let yearDays: [Bool]
    private let yearDaysFromEnd: [Bool]
    private let weekNumbers: WeekNumberFilter?
    /// Bit per weekday, Monday first: those taken without ordinal.
    private let weekdays: UInt8
    /// By weekday, Monday first: which ones of the month or year.
    private let ordinals: [NumberMask]
    private let hasWeekdays: Bool
    private let ordinalsCountInYear: Bool
    /// Every date is taken.
    let isTrivial: Bool

    /// What the rule leaves out comes from `anchor`, unless the rule is stepped in elapsed time: then nothing is added.
    init(_ rule: RecurrenceRule, anchor: DayCursor) {
        var (months, monthDays, weekdays) = (rule.months, rule.monthDays, rule.weekdays)
        let namesDays = !rule.yearDays.isEmpty || !monthDays.isEmpty || !weekdays.isEmpty
        if !namesDays {
            switch rule.frequency {
            case .yearly where !rule.weekNumbers.isEmpty:
                weekdays = [WeekdayOrdinal(Weekday.allCases[anchor.weekday])]
            case .yearly:
                if months.isEmpty { months = [anchor.month] }
                monthDays = [anchor.day]
            case .monthly:
                monthDays = [anchor.day]
            case .weekly:
                weekdays = [WeekdayOrdinal(Weekday.allCases[anchor.weekday])]
            case .secondly, .minutely, .hourly, .daily:
                break
            }
        }
        self.months = months.isEmpty ? .max : months.reduce(0) { $0 | 1 << UInt16($1) }
        self.monthDays = NumberMask(monthDays)
        (yearDays, yearDaysFromEnd) = Self.flags(rule.yearDays)
        weekNumbers = rule.weekNumbers.isEmpty ? nil : WeekNumberFilter(rule.weekNumbers, weekStart: rule.weekStart)
        var plain: UInt8 = 0
        var ordinals = Array(repeating: NumberMask(), count: 7)
        for entry in weekdays {
            if let ordinal = entry.ordinal {
                ordinals[entry.weekday.rawValue].insert(ordinal)
            } else {
                plain |= 1 << UInt8(entry.weekday.rawValue)
            }
        }
        self.weekdays = plain
        self.ordinals = weekdays.contains { $0.ordinal != nil } ? ordinals : []
        hasWeekdays = !weekdays.isEmpty
        ordinalsCountInYear = rule.frequency == .yearly && rule.months.isEmpty
        isTrivial =
            months.isEmpty && monthDays.isEmpty && rule.yearDays.isEmpty && rule.weekNumbers.isEmpty
            && weekdays.isEmpty
    }

    func contains(_ day: DayCursor) -> Bool {
        takesMonth(of: day)
            && (monthDays.isEmpty || monthDays.contains(day.day, of: day.daysInMonth))
            && (!hasWeekdays || takesWeekday(of: day))
            && (yearDays.isEmpty || yearDays[day.dayOfYear] || yearDaysFromEnd[day.daysInYear - day.dayOfYear + 1])
            && (weekNumbers?.contains(day) ?? true)
    }

    /// False where no day of the month is taken.
    func takesMonth(of day: DayCursor) -> Bool { months >> UInt16(day.month) & 1 != 0 }

    /// The first date taken from `first` to `last`, both in days since 1970-01-01; nil if there is none.
    func firstDay(from first: Int64, through last: Int64) -> Int64? {
        guard first <= last else { return nil }
        if isTrivial { return first }
        var cursor = DayCursor(first)
        while cursor.days <= last {
            if !takesMonth(of: cursor) {
                cursor.advanceMonth()
            } else if contains(cursor) {
                return cursor.days
            } else {
                cursor.advance()
            }
        }
        return nil
    }

    private func takesWeekday(of day: DayCursor) -> Bool {
        if weekdays >> UInt8(day.weekday) & 1 != 0 { return true }
        guard !ordinals.isEmpty else { return false }
        let (index, total) =
            ordinalsCountInYear ? (day.dayOfYear, day.daysInYear) : (day.day, day.daysInMonth)
        let fromFront = (index - 1) / 7 + 1
        let fromEnd = (total - index) / 7 + 1
        return ordinals[day.weekday].contains(fromFront, of: fromFront + fromEnd - 1)
    }

    private static func flags(_ numbers: [Int]) -> ([Bool], [Bool]) {
        guard !numbers.isEmpty else { return ([], []) }
        var front = Array(repeating: false, count: 367)
        var back = front
        for number in numbers {
            if number < 0 { back[-number] = true } else { front[number] = true }
        }
        return (front, back)
    }
}
