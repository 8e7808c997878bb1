import SchedulerCore

/// Times as Oracle and XML Schema write them.
enum OracleTime {
    /// The text in the form of RFC 3339 as far as it is a date-time at all: with `T`, and `:` in the offset.
    static func normalised(_ text: String) -> String {
        var text = text
        if let bracket = text.firstIndex(of: "[") { text = String(text[..<bracket]) }
        var bytes = Array(text.utf8)
        if bytes.count > dateBytes, bytes[dateBytes] == UInt8(ascii: " ") { bytes[dateBytes] = UInt8(ascii: "T") }
        bytes.removeAll { $0 == UInt8(ascii: " ") }
        // An offset such as +0530.
        if bytes.count > dateBytes + 5, bytes.suffix(4).allSatisfy(isDigit),
            let sign = bytes.dropLast(4).last, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        {
            bytes.insert(UInt8(ascii: ":"), at: bytes.count - 2)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The second of the day of `6:00`, `06:00`, `06:00:30` or `T06:00:30.000`; nil for any other text.
    static func secondOfDay(_ text: String) -> Int? {
        let time = text.hasPrefix("T") ? text.dropFirst() : text[...]
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        let second = parts.count == 3 ? parts[2].split(separator: ".", omittingEmptySubsequences: false)[0] : "0"
        guard let hour = number(parts[0], 0...23), let minute = number(parts[1], 0...59),
            let second = number(second, 0...59)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// A number of at most two digits.
    static func number(_ text: some StringProtocol, _ range: ClosedRange<Int>) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy(isDigit), let value = Int(text) else {
            return nil
        }
        return range.contains(value) ? value : nil
    }

    static func weekday(_ text: String) -> Weekday? {
        let word = text.uppercased()
        guard word.utf8.count >= 2, let day = Weekday(code: String(word.prefix(2))) else { return nil }
        let name = names[day.rawValue]
        return word == day.code || word == name || word == name.prefix(3) ? day : nil
    }

    /// 1 to 12, or the name of a month, whole or its first three letters.
    static func month(_ text: String) -> Int? {
        if let value = number(text, 1...12) { return value }
        let word = text.uppercased()
        return months.firstIndex { word == $0 || word == $0.prefix(3) }.map { $0 + 1 }
    }

    /// Which one in its month: FIRST to FIFTH, LAST, or a number.
    static func week(_ text: String) -> Int? {
        if text == "-1" || text.uppercased() == "LAST" { return -1 }
        if let value = number(text, 1...5) { return value }
        return weeks.firstIndex(of: text.uppercased()).map { $0 + 1 }
    }

    /// 1 to 31, from the end -1 to -31, or LAST.
    static func monthDay(_ text: String) -> Int? {
        if text.uppercased() == "LAST" { return -1 }
        return text.hasPrefix("-") ? number(text.dropFirst(), 1...31).map { -$0 } : number(text, 1...31)
    }

    /// Length of `2027-12-24`.
    private static let dateBytes = 10
    private static let weeks = ["FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH"]
    private static let names = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
    private static let months = [
        "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER",
        "DECEMBER",
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
