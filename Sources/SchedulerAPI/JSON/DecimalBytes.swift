import SchedulerCore

extension [UInt8] {
    /// Appends the number in decimal digits.
    mutating func append(decimal number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        let magnitude = number.magnitude
        var divisor: UInt64 = 1
        while magnitude / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends what `Timestamp.description` says, without making a string.
    mutating func append(rfc3339 instant: Timestamp) {
        if let digits = TimestampBytes(instant) {
            append(contentsOf: digits)
        } else {
            append(contentsOf: instant.description.utf8)
        }
    }
}

/// The 24 bytes `2027-03-01T09:10:00.000Z` in three words, so that an array takes them in one step.
private struct TimestampBytes: RandomAccessCollection {
    private let words: (UInt64, UInt64, UInt64)

    /// Nil for years that need other than four digits.
    init?(_ instant: Timestamp) {
        let days = instant.milliseconds.floorDivided(by: 86_400_000)
        let date = CivilDate(daysSinceEpoch: days)
        guard (0...9999).contains(date.year) else { return nil }
        let rest = instant.milliseconds - days * 86_400_000
        words = (
            Self.pair(date.year / 100) | Self.pair(date.year % 100) << 16 | Self.byte("-") << 32
                | Self.pair(date.month) << 40 | Self.byte("-") << 56,
            Self.pair(date.day) | Self.byte("T") << 16 | Self.pair(rest / 3_600_000) << 24 | Self.byte(":") << 40
                | Self.pair(rest / 60_000 % 60) << 48,
            Self.byte(":") | Self.pair(rest / 1000 % 60) << 8 | Self.byte(".") << 24
                | Self.pair(rest % 1000 / 10) << 32 | Self.digit(rest % 10) << 48 | Self.byte("Z") << 56
        )
    }

    var startIndex: Int { 0 }
    var endIndex: Int { 24 }

    subscript(position: Int) -> UInt8 {
        let word = position < 8 ? words.0 : position < 16 ? words.1 : words.2
        return UInt8(truncatingIfNeeded: word >> UInt64(position % 8 * 8))
    }

    private static func byte(_ character: Unicode.Scalar) -> UInt64 { UInt64(character.value) }

    private static func digit(_ number: Int64) -> UInt64 { byte("0") + UInt64(number) }

    /// Two digits, the first in the lower byte.
    private static func pair(_ number: Int64) -> UInt64 { digit(number / 10) | digit(number % 10) << 8 }
}
