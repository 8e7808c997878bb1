/// Follows one recurring parent into the future: which instants it makes, and when each starts, by the rules that the
/// stores keep (runtime §5.3), with the usual duration for runs that nobody has seen yet.
///
/// An instance is made when its predecessor starts. So a start that is late, for a shift or for an earlier instance,
/// lets instants pass, and the catch-up policy decides over them as it will.
struct InstanceWalk: Sendable {
    private let source: ForecastSource
    private let occurrences: Occurrences
    private let planner: OccurrencePlanner
    private let overlap: OverlapPolicy
    private let usual: UsualDuration?
    private let isHeld: Bool
    private let now: Timestamp

    /// The instant that comes next; nil where none is left.
    private(set) var instant: Timestamp?
    /// Whether it is that of the instance which waits already.
    private var isMade: Bool
    /// When the latest instance ends.
    private var busyUntil: Timestamp?

    /// - Parameters:
    ///   - source: a recurring parent.
    ///   - usual: of its definition.
    ///   - now: store time.
    /// - Throws: ESS-04004 where the zone of the schedule is not known any more.
    init?(_ source: ForecastSource, usual: UsualDuration?, now: Timestamp) throws(SchedulerError) {
        guard let schedule = source.schedule else { return nil }
        let parent = source.request
        occurrences = try Occurrences(
            schedule,
            start: parent.requestedStart ?? parent.submissionTime,
            end: parent.requestedEnd
        )
        planner = OccurrencePlanner(occurrences, catchUp: source.catchUp)
        overlap = schedule.overlap
        isHeld = parent.state == .hold || source.next?.state == .hold
        // How long it has run already is not asked: its end is told too late rather than too early.
        busyUntil = parent.kinship.activeInstances > 0 ? usual.map { now + $0.p50 } : nil
        isMade = source.next != nil
        instant = source.next?.scheduledTime ?? planner.plan(after: parent.kinship.cursor, now: now).instant
        self.source = source
        self.usual = usual
        self.now = now
        passOverlapping()
    }

    /// The parent's.
    var number: Int64 { source.request.id.value }

    /// Goes to the first instant that is not before `from`.
    mutating func go(to from: Timestamp, _ outlook: inout ShiftOutlook) {
        for _ in 0..<ForecastLimits.stepsBefore {
            guard let instant, instant < from else { return }
            _ = take(&outlook)
        }
        guard let instant, instant < from else { return }
        self.instant = occurrences.next(after: Timestamp(milliseconds: from.milliseconds - 1))
        isMade = false
        busyUntil = nil
    }

    /// Tells of the instant that comes next, and goes on to the one after it.
    ///
    /// - Returns: nil where none is left.
    mutating func take(_ outlook: inout ShiftOutlook) -> ForecastEntry? {
        guard let instant else { return nil }
        var entry = ForecastEntry(
            ForecastEntry.Subject(
                source.request,
                requestID: isMade ? source.next?.id : nil,
                parentID: source.request.id
            ),
            instant: instant,
            localText: occurrences.zone.text(of: instant.wholeSeconds),
            usual: usual
        )
        entry.notes = occurrences.notes(on: instant.wholeSeconds).compactMap(ForecastNote.init)
        entry.foresee(source.request.facts, isHeld: isHeld, from: earliestStart(of: instant, &entry.notes), &outlook)
        advance(from: instant, start: entry.start)
        return entry
    }

    private func earliestStart(of instant: Timestamp, _ notes: inout [ForecastNote]) -> Timestamp {
        let due = max(instant, now)
        guard !isHeld, overlap == .defer, let busyUntil, busyUntil > due else { return due }
        notes.append(.deferred)
        return busyUntil
    }

    private mutating func advance(from instant: Timestamp, start: Timestamp?) {
        isMade = false
        guard let start else {
            // Nobody knows when it starts: what the schedule says is all there is.
            self.instant = occurrences.next(after: instant)
            return
        }
        if let usual { busyUntil = start + usual.p50 }
        self.instant = planner.plan(after: instant, now: start).instant
        passOverlapping()
    }

    /// Overlap `skip`: what is due while an earlier instance runs moves on to the first instant after its end.
    private mutating func passOverlapping() {
        guard overlap == .skip, !isHeld, let instant, let busyUntil, instant < busyUntil else { return }
        self.instant = occurrences.next(after: Timestamp(milliseconds: busyUntil.milliseconds - 1))
    }
}

extension ForecastEntry {
    /// Finds when it starts, by hold and shifts.
    mutating func foresee(
        _ facts: RequestFacts,
        isHeld: Bool,
        from earliest: Timestamp,
        _ outlook: inout ShiftOutlook
    ) {
        guard !isHeld else {
            notes.append(.onHold)
            return
        }
        switch outlook.view(facts, at: earliest) {
        case .open: start = earliest
        case .closed(let assignment, let workshift, let opening):
            notes.append(.shiftClosed)
            self.assignment = assignment
            self.workshift = workshift
            start = opening
        case .never: notes.append(.noWorkAssignment)
        }
    }
}
