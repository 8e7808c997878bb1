/// One entry of BYDAY: every such weekday, or the n-th one of the month or year, from its end if negative.
package struct WeekdayOrdinal: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// ±1…53, nil for every one.
    package let ordinal: Int?
    package let weekday: Weekday

    package init(_ weekday: Weekday, ordinal: Int? = nil) {
        self.weekday = weekday
        self.ordinal = ordinal
    }

    package var description: String { (ordinal.map(String.init) ?? "") + weekday.code }

    /// Plain weekdays first, Monday first, then by ordinal: the order of the canonical text.
    package static func < (left: WeekdayOrdinal, right: WeekdayOrdinal) -> Bool {
        (left.ordinal ?? -100, left.weekday.rawValue) < (right.ordinal ?? -100, right.weekday.rawValue)
    }
}
