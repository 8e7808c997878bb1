extension RecurrenceRule: CustomStringConvertible {
    package var description: String { icalString }

    /// The canonical text: fixed order of parts, ascending values, defaults left out, no prefix.
    package var icalString: String {
        RecurrencePart.allCases
            .compactMap { part in value(of: part).map { "\(part.rawValue)=\($0)" } }
            .joined(separator: ";")
    }

    /// The canonical value of a part, nil if it is absent or has its default.
    private func value(of part: RecurrencePart) -> String? {
        switch part {
        case .frequency: frequency.rawValue
        case .interval: interval == 1 ? nil : String(interval)
        case .byMonth: Self.text(months)
        case .byWeekNumber: Self.text(weekNumbers)
        case .byYearDay: Self.text(yearDays)
        case .byMonthDay: Self.text(monthDays)
        case .byDay: Self.text(weekdays)
        case .byHour: Self.text(hours)
        case .byMinute: Self.text(minutes)
        case .bySecond: Self.text(seconds)
        case .bySetPosition: Self.text(setPositions)
        case .count: count.map(String.init)
        case .until: until?.icalString
        case .weekStart: weekStart == .monday ? nil : weekStart.code
        }
    }

    private static func text(_ values: [some CustomStringConvertible]) -> String? {
        values.isEmpty ? nil : values.map(\.description).joined(separator: ",")
    }
}
