import SchedulerCore

/// Instants of a simple schedule, found by trying one second after the other: nothing that the schedules themselves
/// compute with is used.
struct NaiveSchedule {
    private let rule: RecurrenceRule?
    private let first: Int64
    private let last: Int64
    private let included: Set<Int64>
    private let excluded: Set<Int64>
    /// Ascending, as far as they were looked for.
    private var known: [Int64] = []
    private var tried: Int64
    /// Instants of the rule so far, excluded ones too.
    private var counted = 0

    /// - Parameters:
    ///   - schedule: at most one rule, SECONDLY or MINUTELY, with INTERVAL, COUNT or BYSECOND and nothing else;
    ///     inclusions, and single instants excluded.
    ///   - start: of the window.
    ///   - end: of the window.
    init(_ schedule: JobSchedule, start: Timestamp, end: Timestamp?) {
        rule = schedule.recurrences.first?.rule
        first = Self.seconds(start)
        last = end.map(Self.seconds) ?? .max
        included = Set(schedule.inclusions.map(Self.seconds))
        excluded = Set(
            schedule.exclusions.compactMap { if case .instant(let instant) = $0 { Self.seconds(instant) } else { nil } }
        )
        tried = first - 1
    }

    /// The whole second in which an instant lies.
    static func seconds(_ instant: Timestamp) -> Int64 {
        let (quotient, rest) = instant.milliseconds.quotientAndRemainder(dividingBy: 1000)
        return rest < 0 ? quotient - 1 : quotient
    }

    /// The first whole second that does not lie before an instant: what is earlier has passed.
    static func present(_ now: Timestamp) -> Int64 { seconds(now + .milliseconds(-1)) + 1 }

    /// All instants to one, itself included.
    mutating func instants(through end: Int64) -> ArraySlice<Int64> {
        tryAll(through: end)
        return known[..<place(after: end)]
    }

    /// The first instant after one; nil if none follows.
    mutating func next(after instant: Int64) -> Int64? {
        var reach = max(instant, tried)
        while true {
            let place = place(after: instant)
            if place < known.count { return known[place] }
            guard reach < last, !isOver else { return nil }
            reach += Self.stride
            tryAll(through: reach)
        }
    }

    /// Nothing follows what was tried.
    private var isOver: Bool {
        let ruleIsOver = rule.map { $0.count.map { counted >= $0 } ?? false } ?? true
        return ruleIsOver && (included.max() ?? .min) <= tried
    }

    private mutating func tryAll(through end: Int64) {
        let end = min(end, last)
        while tried < end, !isOver {
            tried += 1
            var isInstant = included.contains(tried)
            if let rule, matches(rule, tried), rule.count.map({ counted < $0 }) ?? true {
                counted += 1
                isInstant = true
            }
            if isInstant, !excluded.contains(tried) { known.append(tried) }
        }
    }

    private func matches(_ rule: RecurrenceRule, _ second: Int64) -> Bool {
        let interval = Int64(rule.interval)
        guard rule.frequency == .minutely else { return (second - first) % interval == 0 }
        guard !rule.seconds.isEmpty else { return (second - first) % (interval * 60) == 0 }
        return (second / 60 - first / 60) % interval == 0 && rule.seconds.contains(Int(second % 60))
    }

    /// Place of the first known instant after one.
    private func place(after instant: Int64) -> Int {
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static let stride: Int64 = 600
}
