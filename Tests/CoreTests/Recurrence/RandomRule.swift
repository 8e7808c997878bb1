import SchedulerCore

/// Valid rules of every shape, from a seed.
enum RandomRule {
    static func text(_ random: inout SeededGenerator) -> String {
        let frequency = RecurrenceFrequency.allCases.randomElement(using: &random) ?? .daily
        var parts = ["FREQ=" + frequency.rawValue]
        func chance(_ percent: Int, _ random: inout SeededGenerator) -> Bool {
            Int.random(in: 0..<100, using: &random) < percent
        }
        func list(_ range: ClosedRange<Int>, signed: Bool, _ random: inout SeededGenerator) -> String {
            (0..<Int.random(in: 1...5, using: &random)).map { _ in
                let size = Int.random(in: range, using: &random)
                return String(signed && chance(30, &random) ? -size : size)
            }.joined(separator: ",")
        }
        if chance(50, &random) {
            let most = chance(10, &random) ? RecurrenceLimits.intervalMax : 40
            parts.append("INTERVAL=\(Int.random(in: 1...most, using: &random))")
        }
        if chance(25, &random) { parts.append("BYMONTH=" + list(1...12, signed: false, &random)) }
        if frequency == .yearly, chance(20, &random) {
            parts.append("BYWEEKNO=" + list(1...53, signed: true, &random))
        }
        if ![.daily, .weekly, .monthly].contains(frequency), chance(15, &random) {
            parts.append("BYYEARDAY=" + list(1...366, signed: true, &random))
        }
        if frequency != .weekly, chance(25, &random) {
            parts.append("BYMONTHDAY=" + list(1...31, signed: true, &random))
        }
        if chance(35, &random) {
            let hasOrdinals =
                frequency == .monthly || frequency == .yearly && !parts.contains { $0.hasPrefix("BYWEEKNO") }
            let days = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                let ordinal = hasOrdinals && chance(50, &random) ? Int.random(in: 1...5, using: &random) : 0
                let sign = chance(30, &random) ? "-" : ""
                let day = Weekday.allCases.randomElement(using: &random)?.code ?? "MO"
                return (ordinal == 0 ? "" : sign + String(ordinal)) + day
            }
            parts.append("BYDAY=" + days.joined(separator: ","))
        }
        if chance(30, &random) { parts.append("BYHOUR=" + list(0...23, signed: false, &random)) }
        if chance(30, &random) { parts.append("BYMINUTE=" + list(0...59, signed: false, &random)) }
        if chance(25, &random) { parts.append("BYSECOND=" + list(0...59, signed: false, &random)) }
        if parts.contains(where: { $0.hasPrefix("BY") }), chance(20, &random) {
            parts.append("BYSETPOS=" + list(1...(chance(50, &random) ? 4 : 366), signed: true, &random))
        }
        if chance(15, &random) {
            parts.append("COUNT=\(Int.random(in: 1...60, using: &random))")
        } else if chance(15, &random) {
            let form = ["20300101", "20310615T120000", "20320101T000000Z"].randomElement(using: &random) ?? ""
            parts.append("UNTIL=" + form)
        }
        if chance(20, &random) { parts.append("WKST=SU") }
        return parts.shuffled(using: &random).joined(separator: ";")
    }
}
