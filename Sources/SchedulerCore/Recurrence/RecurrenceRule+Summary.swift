extension JobSchedule {
    /// What the schedule does, in one line of English: `Every week on Monday at 06:00; and 2 single instants; …`.
    package var summary: String {
        var parts = recurrences.map(\.rule.summary)
        if !inclusions.isEmpty { parts.append(Self.counted(inclusions.count, "single instant")) }
        let exclusions = exclusions.count + exclusionPatterns.count
        if exclusions > 0 { parts.append("with " + Self.counted(exclusions, "exclusion")) }
        return parts.joined(separator: "; ") + " (\(timezone))"
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension RecurrenceRule {
    /// The rule in one line of English: `Every 2 weeks on Monday and Friday at 06:00, 10 times`.
    package var summary: String {
        let unit = Self.units[frequency] ?? ""
        var text = interval == 1 ? "Every \(unit)" : "Every \(interval) \(unit)s"
        if !months.isEmpty { text += " in " + Self.list(months.map { Self.monthNames[$0 - 1] }) }
        if !weekNumbers.isEmpty { text += " in " + Self.list(weekNumbers.map { Self.numbered("week", $0) }) }
        if !yearDays.isEmpty { text += " on " + Self.list(yearDays.map { Self.numbered("day", $0) }) + " of the year" }
        if !monthDays.isEmpty {
            text += " on " + Self.list(monthDays.map { Self.numbered("day", $0) }) + " of the month"
        }
        if !weekdays.isEmpty { text += " on " + weekdayText }
        text += timeText
        if !setPositions.isEmpty {
            let positions = setPositions.map { $0 < 0 ? Self.fromEnd($0) : Self.ordinal($0) }
            text += ", of these only the " + Self.list(positions)
        }
        if let count { text += ", \(count) time\(count == 1 ? "" : "s")" }
        if let until { text += ", until " + Self.text(of: until) }
        return text
    }

    private var weekdayText: String {
        if weekdays == Weekday.allCases.prefix(5).map({ WeekdayOrdinal($0) }) { return "working days" }
        let names = weekdays.map { entry in
            let name = Self.weekdayNames[entry.weekday.rawValue]
            guard let ordinal = entry.ordinal else { return name }
            return "the \(ordinal < 0 ? Self.fromEnd(ordinal) : Self.ordinal(ordinal)) \(name)"
        }
        guard weekdays.contains(where: { $0.ordinal != nil }) else { return Self.list(names) }
        return Self.list(names) + (frequency == .yearly && months.isEmpty ? " of the year" : " of the month")
    }

    /// The times of the day, spelt out while they are few.
    private var timeText: String {
        let count = hours.count * minutes.count
        if frequency.elapsedSeconds == nil, count > 0, count <= Self.timesSpeltMax, seconds.count <= 1 {
            let second = seconds.first.map { $0 == 0 ? "" : ":" + LocalClock.pad(Int64($0), 2) } ?? ""
            let times = hours.flatMap { hour in
                minutes.map { LocalClock.pad(Int64(hour), 2) + ":" + LocalClock.pad(Int64($0), 2) + second }
            }
            return " at " + Self.list(times)
        }
        return [("hour", hours), ("minute", minutes), ("second", seconds)]
            .filter { !$0.1.isEmpty }
            .map { " at \($0.0)\($0.1.count == 1 ? "" : "s") " + Self.list($0.1.map(String.init)) }
            .joined()
    }

    private static let timesSpeltMax = 6
    private static let units: [RecurrenceFrequency: String] = [
        .secondly: "second", .minutely: "minute", .hourly: "hour", .daily: "day", .weekly: "week", .monthly: "month",
        .yearly: "year",
    ]
    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    private static func text(of end: RecurrenceEnd) -> String {
        switch end {
        case .day(let date): LocalClock.date(date)
        case .local(let seconds): LocalClock.text(seconds)
        case .instant(let seconds): LocalClock.text(seconds) + "Z"
        }
    }

    /// `day 3`, `the last day`, `the 2nd last day`.
    private static func numbered(_ noun: String, _ number: Int) -> String {
        number < 0 ? "the \(fromEnd(number)) \(noun)" : "\(noun) \(number)"
    }

    private static func fromEnd(_ number: Int) -> String { number == -1 ? "last" : ordinal(-number) + " last" }

    private static func ordinal(_ number: Int) -> String {
        let suffix = (11...13).contains(number % 100) ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
        return "\(number)\(suffix)"
    }

    /// `a`, `a and b`, `a, b and c`.
    private static func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }
}
