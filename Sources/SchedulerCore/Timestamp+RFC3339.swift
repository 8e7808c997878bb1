extension Timestamp: CustomStringConvertible {
    /// UTC with milliseconds, `2027-03-01T09:10:00.000Z` (REST §2.5).
    package var description: String {
        let days = milliseconds.floorDivided(by: Self.millisecondsPerDay)
        let rest = milliseconds - days * Self.millisecondsPerDay
        let date = CivilDate(daysSinceEpoch: days)
        let seconds = rest / 1000
        var text = ""
        text.reserveCapacity(24)
        Self.append(date.year, width: 4, to: &text)
        text.append("-")
        Self.append(date.month, width: 2, to: &text)
        text.append("-")
        Self.append(date.day, width: 2, to: &text)
        text.append("T")
        Self.append(seconds / 3600, width: 2, to: &text)
        text.append(":")
        Self.append(seconds / 60 % 60, width: 2, to: &text)
        text.append(":")
        Self.append(seconds % 60, width: 2, to: &text)
        text.append(".")
        Self.append(rest % 1000, width: 3, to: &text)
        text.append("Z")
        return text
    }

    /// Reads an RFC 3339 date-time: seconds and fraction optional, `Z` or an offset, without either taken as UTC
    /// (REST §2.5). A blank before `hh:mm` counts as `+`, since `+` in a query string arrives as a blank (REST §7).
    /// Nil unless the text is a valid date-time of the years 0001 to 9999.
    package init?(rfc3339 text: some StringProtocol) {
        var reader = DigitReader(bytes: Array(text.utf8))
        guard let year = reader.number(digits: 4), reader.take("-"), let month = reader.number(digits: 2),
            reader.take("-"), let day = reader.number(digits: 2), reader.take("T") || reader.take("t"),
            let hour = reader.number(digits: 2), reader.take(":"), let minute = reader.number(digits: 2)
        else { return nil }
        var second: Int64 = 0
        var millisecond: Int64 = 0
        if reader.take(":") {
            guard let value = reader.number(digits: 2) else { return nil }
            second = value
            if reader.take(".") {
                guard let fraction = reader.fractionInMilliseconds() else { return nil }
                millisecond = fraction
            }
        }
        guard let offset = reader.offsetInMinutes(), reader.isAtEnd,
            let date = CivilDate(year: year, month: month, day: day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let minutes = hour * 60 + minute - offset
        self.init(
            milliseconds: date.daysSinceEpoch * Self.millisecondsPerDay + minutes * 60_000 + second * 1000
                + millisecond
        )
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    private static func append(_ value: Int64, width: Int, to text: inout String) {
        let digits = String(value)
        for _ in 0..<max(0, width - digits.utf8.count) { text.append("0") }
        text.append(digits)
    }
}

/// Reads fixed-width decimal fields of a date-time from its bytes.
private struct DigitReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(digits: Int) -> Int64? {
        guard position + digits <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<(position + digits)] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        position += digits
        return value
    }

    /// One to nine digits after the point, cut to milliseconds.
    mutating func fractionInMilliseconds() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while let digit = number(digits: 1) {
            if count < 3 { value = value * 10 + digit }
            count += 1
        }
        guard (1...9).contains(count) else { return nil }
        for _ in 0..<max(0, 3 - count) { value *= 10 }
        return value
    }

    mutating func offsetInMinutes() -> Int64? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") || take(" ") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(digits: 2), take(":"), let minutes = number(digits: 2), hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
