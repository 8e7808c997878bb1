import SchedulerCore

/// A recurrence by its fields, Oracle's other way of writing one.
struct RecurrenceFields: Hashable {
    var frequency: RecurrenceFrequency
    var interval = 1
    var months: [Int] = []
    var monthDays: [Int] = []
    var weekdays: [Weekday] = []
    /// Which of the weekdays in their month.
    var weeks: [Int] = []
    /// Seconds of the day.
    var times: [Int] = []

    /// Rules that together have the instants of the fields: one, but where times differ in more than hours.
    var rules: [String] {
        guard !times.isEmpty else { return [datePart] }
        return timeParts.map { datePart + ";" + $0 }
    }

    private var datePart: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        func add(_ name: String, _ values: [String]) {
            if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: ","))") }
        }
        add("BYMONTH", Self.distinct(months).map(String.init))
        add("BYMONTHDAY", Self.distinct(monthDays).map(String.init))
        let codes = Weekday.allCases.filter(weekdays.contains).map(\.code)
        let ordinals = Self.distinct(weeks).map(String.init)
        add("BYDAY", ordinals.isEmpty ? codes : ordinals.flatMap { ordinal in codes.map { ordinal + $0 } })
        return parts.joined(separator: ";")
    }

    /// One for all times if each hour has the same minutes and seconds, else one for each minute and second.
    private var timeParts: [String] {
        let hours = Self.distinct(times.map { $0 / 3600 })
        let minutes = Self.distinct(times.map { $0 / 60 % 60 })
        let seconds = Self.distinct(times.map { $0 % 60 })
        if hours.count * minutes.count * seconds.count == Set(times).count {
            return [Self.part(hours, minutes, seconds)]
        }
        return Self.distinct(times.map { $0 % 3600 }).map { rest in
            let hours = Self.distinct(times.filter { $0 % 3600 == rest }.map { $0 / 3600 })
            return Self.part(hours, [rest / 60], [rest % 60])
        }
    }

    private static func part(_ hours: [Int], _ minutes: [Int], _ seconds: [Int]) -> String {
        func list(_ values: [Int]) -> String { values.map(String.init).joined(separator: ",") }
        return "BYHOUR=\(list(hours));BYMINUTE=\(list(minutes));BYSECOND=\(list(seconds))"
    }

    private static func distinct(_ values: [Int]) -> [Int] { Set(values).sorted() }
}
