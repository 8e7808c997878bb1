import SchedulerCore

/// The schedule of a recurring parent as the auditor sees it, from when it came into force until another one does;
/// instants are whole seconds.
struct AuditedSchedule {
    var naive: NaiveSchedule
    let written: JobSchedule
    let catchUp: CatchUpPolicy
    let start: Timestamp
    let end: Timestamp?
    /// Instants until here are those of an earlier schedule.
    private let begin: Int64
    /// The last instant decided; nil before the first one.
    var cursor: Int64?
    /// What it has made.
    var instances: Set<RequestID> = []
    /// What `runNow` has made, by whichever schedule of the parent.
    var extras: Set<RequestID> = []
    /// Of the skips of the parent the first one that is of this schedule.
    var firstSkip = 0
    /// A person wants no further instance.
    var isEnded = false
    /// The instants that a person was shown when the schedule came into force, and whether these were all.
    let promised: [Int64]
    let isPromiseWhole: Bool
    /// What the present commit must have skipped for a person.
    var operatorSkips: [SkipRecord] = []
    /// The schedule that the present commit has replaced.
    var replaced: [AuditedSchedule] = []
    /// What was decided when it was last looked at.
    var looked: Look?

    var overlap: OverlapPolicy { written.overlap }

    /// Changes with everything that coverage depends on.
    struct Look: Hashable {
        let skips: Int
        let children: [Int64]
        let cursor: Int64?
    }

    /// - Parameters:
    ///   - schedule: as it was given.
    ///   - catchUp: in force with it.
    ///   - start: of its window.
    ///   - end: of its window.
    ///   - now: when it takes the place of another one; nil for the first one of its parent.
    init(_ schedule: JobSchedule, _ catchUp: CatchUpPolicy, start: Timestamp, end: Timestamp?, after now: Timestamp?) {
        naive = NaiveSchedule(schedule, start: start, end: end)
        written = schedule
        self.catchUp = catchUp
        self.start = start
        self.end = end
        begin = now.map(NaiveSchedule.seconds) ?? .min
        let shown = try? SchedulePreview(
            schedule,
            start: start,
            end: end,
            from: now.map { Timestamp(milliseconds: (NaiveSchedule.seconds($0) + 1) * 1000) },
            max: Self.linesShown
        )
        promised = (shown?.lines ?? []).filter(\.isMade).map { NaiveSchedule.seconds($0.instant) }
        isPromiseWhole = (shown?.lines.count ?? Self.linesShown) < Self.linesShown
    }

    private static let linesShown = 60

    /// The last instant that is not to be decided any more.
    var decided: Int64 { cursor ?? begin }

    /// No instance follows.
    var isOver: Bool {
        mutating get { isEnded || naive.next(after: decided) == nil }
    }

    /// Instants of this schedule up to the last one decided.
    var instantsDecided: ArraySlice<Int64> {
        mutating get {
            let all = naive.instants(through: decided)
            return all[(all.firstIndex { $0 > begin } ?? all.endIndex)...]
        }
    }

    /// I32, I36, I37, I38: the only instant that may be made now; nil if none follows.
    mutating func expected(now: Timestamp) -> Int64? {
        let present = NaiveSchedule.present(now)
        guard let first = naive.next(after: decided) else { return nil }
        guard first < present, catchUp != .all else { return first }
        if catchUp == .latest { return naive.instants(through: present - 1).last }
        return naive.next(after: present - 1)
    }

    /// Instants that have come and were not decided: nobody makes them once another schedule is in force.
    mutating func undecided(now: Timestamp) -> SkipRecord? {
        let passed = naive.instants(through: NaiveSchedule.seconds(now)).filter { $0 > decided }
        guard let first = passed.first, let last = passed.last else { return nil }
        return SkipRecord(
            first: Timestamp(milliseconds: first * 1000),
            last: Timestamp(milliseconds: last * 1000),
            count: passed.count,
            reason: .operator
        )
    }
}
