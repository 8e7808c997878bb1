/// What a parser has read of a rule so far, and the rules between its parts.
struct RecurrenceDraft {
    /// Where the name of each part stands, in characters from 1.
    var positions: [RecurrencePart: Int] = [:]
    var frequency: RecurrenceFrequency?
    var interval = 1
    var lists: [RecurrencePart: [Int]] = [:]
    var weekdays: [WeekdayOrdinal] = []
    var count: Int?
    var until: RecurrenceEnd?
    var weekStart: Weekday = .monday

    /// The numbers of a part, ascending, each once; empty if it is absent.
    func list(_ part: RecurrencePart) -> [Int] {
        guard let values = lists[part] else { return [] }
        return Set(values).sorted()
    }

    /// The first part, in the order of the text, that the other parts do not allow; nil if all go together.
    func misplacedPosition(frequency: RecurrenceFrequency) -> Int? {
        positions.filter { isMisplaced($0.key, frequency) }.values.min()
    }

    private func isMisplaced(_ part: RecurrencePart, _ frequency: RecurrenceFrequency) -> Bool {
        switch part {
        case .byMonthDay:
            return frequency == .weekly
        case .byYearDay:
            return [.daily, .weekly, .monthly].contains(frequency)
        case .byWeekNumber:
            return frequency != .yearly
        case .byDay:
            guard weekdays.contains(where: { $0.ordinal != nil }) else { return false }
            return frequency != .monthly && (frequency != .yearly || positions[.byWeekNumber] != nil)
        case .bySetPosition:
            return !positions.keys.contains(where: \.isSelector)
        case .count, .until:
            // Whichever of the two comes second is the one too many.
            guard let count = positions[.count], let until = positions[.until] else { return false }
            return part == .count ? count > until : until > count
        default:
            return false
        }
    }
}
