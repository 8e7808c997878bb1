/// The BY parts finer than the unit of an HOURLY or MINUTELY rule: they expand within the local hour or minute that
/// holds the step, as far as that has one offset.
struct StepExpansion: Sendable {
    /// Longest stretch that holds the instants of one step, in seconds.
    let length: Int64
    /// From the beginning of the stretch.
    private let times: ClockTimes
    /// BYMINUTE without BYSECOND: the second is that of the step.
    private let keepsSecond: Bool
    private let positions: SetPositions?
    /// BYSETPOS asks for more than a step ever has.
    let isEmpty: Bool

    /// Nil if the rule does not expand.
    init?(_ rule: RecurrenceRule) {
        positions = SetPositions(rule)
        let minutes = rule.frequency == .hourly ? rule.minutes : []
        let seconds = rule.frequency == .secondly ? [] : rule.seconds
        keepsSecond = seconds.isEmpty
        length = minutes.isEmpty ? 60 : 3600
        times = ClockTimes(
            hours: [0],
            minutes: minutes.isEmpty ? [0] : minutes,
            seconds: seconds.isEmpty ? [0] : seconds
        )
        isEmpty = positions?.indices(of: times.count).isEmpty ?? false
        // A step that does not expand is a set of one.
        if minutes.isEmpty, seconds.isEmpty, !isEmpty { return nil }
    }

    /// The first instant after `instant` that belongs to a step, nil if none does.
    func first(after instant: Int64, around step: Int64, in period: ZoneRules.Period) -> Int64? {
        let local = step + period.offset
        let start = local.floorDivided(by: length) * length
        let second = keepsSecond ? local - local.floorDivided(by: 60) * 60 : 0
        let base = start + second - period.offset
        // Times that the clock does not show with this offset are no members.
        let low = times.rank(of: period.start - base)
        let high = times.rank(of: period.end - base)
        guard let positions else {
            let index = max(low, times.rank(of: instant + 1 - base))
            return index < high ? base + times.time(at: index) : nil
        }
        for index in positions.indices(of: max(0, high - low)) {
            let member = base + times.time(at: low + index)
            if member > instant { return member }
        }
        return nil
    }
}
