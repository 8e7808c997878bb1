/// Reads a rule from the bytes of its text, in one pass.
///
/// All that may stand in a rule is ASCII and the first other byte is an error, so that positions in bytes are positions
/// in characters.
struct RecurrenceParser {
    private let bytes: [UInt8]
    private let extensions: Bool
    private var position = 0
    private var draft = RecurrenceDraft()

    init(_ text: String, extensions: Bool) {
        bytes = Array(text.utf8.prefix(RecurrenceLimits.icalStringBytesMax + 1))
        self.extensions = extensions
    }

    mutating func parse() throws(SchedulerError) -> RecurrenceRule {
        guard bytes.count <= RecurrenceLimits.icalStringBytesMax else { throw error(at: bytes.count - 1) }
        skipPrefix()
        repeat {
            try readPart()
            if position < bytes.count, !take(";") { throw error(at: position) }
        } while position < bytes.count
        guard let frequency = draft.frequency else { throw error(at: bytes.count) }
        if let position = draft.misplacedPosition(frequency: frequency) { throw Self.error(position) }
        return RecurrenceRule(draft, frequency: frequency)
    }

    // MARK: - Parts

    private mutating func readPart() throws(SchedulerError) {
        let start = position
        guard let part = RecurrencePart(rawValue: word()), take("="), draft.positions[part] == nil else {
            throw error(at: start)
        }
        if part.isExtension, !extensions { throw SchedulerError(4003, part.rawValue) }
        draft.positions[part] = start + 1
        switch part {
        case .frequency:
            let start = position
            guard let frequency = RecurrenceFrequency(rawValue: word()) else { throw error(at: start) }
            draft.frequency = frequency
        case .interval: draft.interval = try number(1...RecurrenceLimits.intervalMax)
        case .count: draft.count = try number(1...RecurrenceLimits.countMax)
        case .until: draft.until = try end()
        case .weekStart: draft.weekStart = try weekday()
        case .byDay:
            try readList { parser throws(SchedulerError) in
                parser.draft.weekdays.append(try parser.weekdayOrdinal())
            }
        case .byMonth: try readNumbers(part, 1...12, signed: false)
        case .byWeekNumber: try readNumbers(part, 1...53, signed: true)
        case .byYearDay, .bySetPosition: try readNumbers(part, 1...366, signed: true)
        case .byMonthDay: try readNumbers(part, 1...31, signed: true)
        case .byHour: try readNumbers(part, 0...23, signed: false)
        case .byMinute, .bySecond: try readNumbers(part, 0...59, signed: false)
        }
    }

    private mutating func readNumbers(
        _ part: RecurrencePart,
        _ range: ClosedRange<Int>,
        signed: Bool
    ) throws(SchedulerError) {
        var values: [Int] = []
        try readList { parser throws(SchedulerError) in
            values.append(try parser.number(range, signed: signed))
        }
        draft.lists[part] = values
    }

    private mutating func readList(
        _ readValue: (inout RecurrenceParser) throws(SchedulerError) -> Void
    ) throws(SchedulerError) {
        repeat { try readValue(&self) } while take(",")
    }

    // MARK: - Values

    /// A number whose size lies in `range`, with a sign in front if it may have one.
    private mutating func number(_ range: ClosedRange<Int>, signed: Bool = false) throws(SchedulerError) -> Int {
        let start = position
        let isNegative = signed && sign()
        guard let size = digits(), range.contains(size) else { throw error(at: start) }
        return isNegative ? -size : size
    }

    private mutating func weekdayOrdinal() throws(SchedulerError) -> WeekdayOrdinal {
        let start = position
        let isNegative = sign()
        let ordinal = digits()
        guard (ordinal != nil) || position == start else { throw error(at: start) }
        if let ordinal, !(1...53).contains(ordinal) { throw error(at: start) }
        return WeekdayOrdinal(try weekday(), ordinal: ordinal.map { isNegative ? -$0 : $0 })
    }

    private mutating func weekday() throws(SchedulerError) -> Weekday {
        let start = position
        guard let weekday = Weekday(code: word()) else { throw error(at: start) }
        return weekday
    }

    /// `YYYYMMDD`, or `YYYYMMDDThhmmss` with or without `Z`.
    private mutating func end() throws(SchedulerError) -> RecurrenceEnd {
        let start = position
        guard let year = digits(4), let month = digits(2), let day = digits(2),
            let date = CivilDate(year: year, month: month, day: day)
        else { throw error(at: start) }
        guard take("T") else { return .day(date) }
        guard let hour = digits(2), let minute = digits(2), let second = digits(2), hour < 24, minute < 60, second < 60
        else { throw error(at: start) }
        let seconds = date.daysSinceEpoch * LocalClock.secondsPerDay + hour * 3600 + minute * 60 + second
        return take("Z") ? .instant(seconds: seconds) : .local(seconds: seconds)
    }

    // MARK: - Characters

    private mutating func skipPrefix() {
        if word() == "RRULE", take(":") { return }
        position = 0
    }

    /// The letters here, in upper case; empty if there is none.
    private mutating func word() -> String {
        let start = position
        while position < bytes.count, Self.isLetter(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self).uppercased()
    }

    /// The decimal number here, nil if there is none. Stops growing where it is beyond every range.
    private mutating func digits() -> Int? {
        let start = position
        var value = 0
        while position < bytes.count, let digit = digit(bytes[position]) {
            value = min(value * 10 + digit, 100_000_000)
            position += 1
        }
        return position == start ? nil : value
    }

    /// Exactly `count` digits.
    private mutating func digits(_ count: Int) -> Int64? {
        guard position + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<(position + count)] {
            guard let digit = digit(byte) else { return nil }
            value = value * 10 + Int64(digit)
        }
        position += count
        return value
    }

    /// Passes a sign; true for a minus.
    private mutating func sign() -> Bool {
        if take("-") { return true }
        _ = take("+")
        return false
    }

    /// Passes the character if it is here; a letter in either case.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count else { return false }
        let wanted = UInt8(ascii: character)
        let byte = bytes[position]
        guard byte == wanted || Self.isLetter(wanted) && byte == wanted | 0x20 else { return false }
        position += 1
        return true
    }

    private func digit(_ byte: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// ESS-04002 for the byte with this index.
    private func error(at index: Int) -> SchedulerError { Self.error(index + 1) }

    private static func error(_ position: Int) -> SchedulerError { SchedulerError(4002, String(position)) }
}
