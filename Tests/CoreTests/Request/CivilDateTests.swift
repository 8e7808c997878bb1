import SchedulerCore
import Testing

/// Calendar arithmetic against an oracle that only counts days.
struct CivilDateTests {
    @Test("Every day of two cycles of 400 years has its number, and every number its day")
    func everyDay() throws {
        var number: Int64 = -719_162
        for year in Int64(1)...801 {
            for month in Int64(1)...12 {
                for day in 1...Self.days(month, year) {
                    let date = try #require(CivilDate(year: year, month: month, day: day))
                    guard date.daysSinceEpoch == number, CivilDate(daysSinceEpoch: number) == date else {
                        Issue.record("\(year)-\(month)-\(day) is day \(date.daysSinceEpoch), not \(number)")
                        return
                    }
                    number += 1
                }
            }
        }
    }

    @Test("Days of the present cycle, by the same count")
    func present() throws {
        var number: Int64 = 0
        for year in Int64(1970)...2400 {
            let first = try #require(CivilDate(year: year, month: 1, day: 1))
            #expect(first.daysSinceEpoch == number)
            number += Self.isLeap(year) ? 366 : 365
        }
    }

    @Test("Dates that do not exist are none")
    func impossible() {
        let dates: [(Int64, Int64, Int64)] = [
            (2027, 2, 29), (1900, 2, 29), (2000, 2, 30), (2027, 4, 31), (2027, 1, 32), (2027, 1, 0), (2027, 0, 1),
            (2027, 13, 1), (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2027, 1, -1),
        ]
        for (year, month, day) in dates {
            #expect(CivilDate(year: year, month: month, day: day) == nil, "\(year)-\(month)-\(day)")
        }
        #expect(CivilDate(year: 2000, month: 2, day: 29) != nil)
    }

    /// By the words of the calendar reform: every fourth year, but of the full centuries only every fourth.
    private static func isLeap(_ year: Int64) -> Bool {
        if year % 400 == 0 { return true }
        if year % 100 == 0 { return false }
        return year % 4 == 0
    }

    private static func days(_ month: Int64, _ year: Int64) -> Int64 {
        let lengths: [Int64] = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return lengths[Int(month - 1)]
    }
}
