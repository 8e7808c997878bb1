/// The times of the day that BYHOUR, BYMINUTE and BYSECOND leave of the steps of a rule finer than DAILY.
struct StepTimes: Sendable {
    let times: ClockTimes
    /// What all steps have in common, in seconds: under one offset their times of the day differ by multiples of it.
    private let stride: Int64
    private let anchor: Int64
    /// Remainders of a time of the day, divided by `stride`, with which a step can meet one of `times`.
    private let reached: Set<Int64>

    /// Nil if the rule leaves all steps.
    init?(_ rule: RecurrenceRule, anchor: Int64, step: Int64, zone: ZoneRules) {
        let minutes = rule.frequency == .hourly ? [] : rule.minutes
        let seconds = rule.frequency == .secondly ? rule.seconds : []
        guard !(rule.hours.isEmpty && minutes.isEmpty && seconds.isEmpty) else { return nil }
        let times = ClockTimes(
            hours: rule.hours.isEmpty ? Array(0...23) : rule.hours,
            minutes: minutes.isEmpty ? Array(0...59) : minutes,
            seconds: seconds.isEmpty ? Array(0...59) : seconds
        )
        self.times = times
        self.anchor = anchor
        let stride = Self.greatestCommonDivisor(step, LocalClock.secondsPerDay)
        self.stride = stride
        let remainders = Set(zone.periods.map { Self.remainder(anchor + $0.offset, stride) })
        // A rule with a stride of 1 reaches every time, and each other remainder is looked for once.
        reached = remainders.filter { remainder in
            stride == 1 || (0..<times.count).contains { times.time(at: $0) % stride == remainder }
        }
    }

    /// Whether any step can match while the zone has this offset. Without this a rule that never matches, such as every
    /// second second of odd ones, would be tried minute by minute.
    func isReached(offset: Int64) -> Bool { stride == 1 || reached.contains(Self.remainder(anchor + offset, stride)) }

    private static func remainder(_ value: Int64, _ divisor: Int64) -> Int64 {
        value - value.floorDivided(by: divisor) * divisor
    }

    private static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}
