/// Times of the day that are every combination of some hours, minutes and seconds, ascending. Hour-only and minute-only
/// stretches are days whose other fields are 0.
struct ClockTimes: Sendable {
    private let hours: ClockField
    private let minutes: ClockField
    private let seconds: ClockField

    /// Ascending values; at least one each.
    init(hours: [Int], minutes: [Int], seconds: [Int]) {
        self.hours = ClockField(hours)
        self.minutes = ClockField(minutes)
        self.seconds = ClockField(seconds)
    }

    var count: Int { hours.count * minutes.count * seconds.count }

    /// The `index`-th time, from 0, as a second of the day.
    func time(at index: Int) -> Int64 {
        let perHour = minutes.count * seconds.count
        let inHour = index % perHour
        let minute = minutes.values[inHour / seconds.count] * 60 + seconds.values[inHour % seconds.count]
        return Int64(hours.values[index / perHour] * 3600 + minute)
    }

    /// The first time at or after a second of the day, nil if none follows on that day.
    func first(from second: Int64) -> Int64? {
        let index = rank(of: second)
        return index < count ? time(at: index) : nil
    }

    func contains(_ second: Int64) -> Bool {
        let value = Int(second)
        return hours.contains(value / 3600) && minutes.contains(value / 60 % 60) && seconds.contains(value % 60)
    }

    /// How many times lie before a second of the day; any number is taken, also one outside of the day.
    func rank(of second: Int64) -> Int {
        guard second > 0 else { return 0 }
        guard second < LocalClock.secondsPerDay else { return count }
        let value = Int(second)
        let (hour, minute) = (value / 3600, value / 60 % 60)
        var rank = hours.rank(of: hour) * minutes.count
        guard hours.contains(hour) else { return rank * seconds.count }
        rank = (rank + minutes.rank(of: minute)) * seconds.count
        return minutes.contains(minute) ? rank + seconds.rank(of: value % 60) : rank
    }
}

/// One field of a clock: which of its values are taken.
private struct ClockField: Sendable {
    /// Ascending.
    let values: [Int]
    private let bits: UInt64

    init(_ values: [Int]) {
        self.values = values
        bits = values.reduce(0) { $0 | 1 << UInt64($1) }
    }

    var count: Int { values.count }

    func contains(_ value: Int) -> Bool { bits >> UInt64(value) & 1 != 0 }

    /// How many values are smaller.
    func rank(of value: Int) -> Int { (bits & (1 << UInt64(value) - 1)).nonzeroBitCount }
}
