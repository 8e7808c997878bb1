import SchedulerCore

extension [UInt8] {
    /// Appends the number in decimal digits.
    mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        let start = count
        var rest = number.magnitude
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }

    /// Appends what `Timestamp.description` says, without making a string.
    mutating func append(rfc3339 instant: Timestamp) {
        let days = instant.milliseconds.floorDivided(by: Self.millisecondsPerDay)
        let rest = instant.milliseconds - days * Self.millisecondsPerDay
        let date = CivilDate(daysSinceEpoch: days)
        guard (0...9999).contains(date.year) else { return append(contentsOf: instant.description.utf8) }
        append(date.year, digits: 4)
        append(UInt8(ascii: "-"))
        append(date.month, digits: 2)
        append(UInt8(ascii: "-"))
        append(date.day, digits: 2)
        append(UInt8(ascii: "T"))
        append(rest / 3_600_000, digits: 2)
        append(UInt8(ascii: ":"))
        append(rest / 60_000 % 60, digits: 2)
        append(UInt8(ascii: ":"))
        append(rest / 1000 % 60, digits: 2)
        append(UInt8(ascii: "."))
        append(rest % 1000, digits: 3)
        append(UInt8(ascii: "Z"))
    }

    private static var millisecondsPerDay: Int64 { 86_400_000 }

    private mutating func append(_ number: Int64, digits: Int) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
