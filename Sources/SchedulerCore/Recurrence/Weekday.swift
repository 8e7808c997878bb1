/// A day of the week, Monday first as in ISO 8601.
package enum Weekday: Int, CaseIterable, Hashable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The day of the week of a date, given as days since 1970-01-01, which was a Thursday.
    package init(daysSinceEpoch days: Int64) {
        let index = Int(days + 3 - (days + 3).floorDivided(by: 7) * 7)
        self = Self.allCases[index]
    }

    /// `MO` … `SU`, nil for any other text.
    package init?(code: String) {
        guard let index = Self.codes.firstIndex(of: code) else { return nil }
        self = Self.allCases[index]
    }

    /// Two letters as in RFC 5545, `MO` … `SU`.
    package var code: String { Self.codes[rawValue] }

    private static let codes: [String] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}
