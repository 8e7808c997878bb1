import SchedulerCore
import SchedulerEngine

/// Schedules, and people who change them.
extension Simulation {
    /// A rule with what goes with it.
    struct Rhythm {
        let schedule: JobSchedule
        /// Where the window ends, if the rule does not.
        let end: Timestamp?
    }

    func rhythm(from start: Timestamp) -> Rhythm {
        let seconds = random.pick([5, 10, 20, 45, 60, 120]) ?? 60
        let count = Int.random(in: 1...8, using: &random)
        var text = seconds >= 60 ? "FREQ=MINUTELY;INTERVAL=\(seconds / 60)" : "FREQ=SECONDLY;INTERVAL=\(seconds)"
        var end: Timestamp?
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: text += ";COUNT=\(count)"
        case 4..<8: end = start + .seconds(seconds * count)
        default: break
        }
        var schedule = JobSchedule(timezone: "UTC")
        schedule.recurrences = (try? RecurrenceRule(icalString: text)).map { [SchedulePattern(rule: $0)] } ?? []
        schedule.overlap = random.pick(OverlapPolicy.allCases) ?? .defer
        let whole = Timestamp(milliseconds: start.milliseconds / 1000 * 1000)
        if random.percent(20) {
            schedule.exclusions = [.instant(whole + .seconds(seconds * Int.random(in: 0...3, using: &random)))]
        }
        if random.percent(15) { schedule.inclusions = [whole + .seconds(Int.random(in: 0...90, using: &random))] }
        return Rhythm(schedule: schedule, end: end)
    }

    func recurring() -> Submission {
        let isSet = random.percent(25)
        var submission = isSet ? jobSet() : lone()
        submission.placement = .root(isSet ? .jobSetRecurParent : .recurParent)
        let start = time.now() + .milliseconds(Int.random(in: -90_000...20_000, using: &random))
        if random.percent(70) { submission.requestedStart = start }
        let rhythm = rhythm(from: start)
        submission.requestedEnd = rhythm.end
        submission.plan = RequestPlan(
            schedule: rhythm.schedule,
            catchUp: random.pick(CatchUpPolicy.allCases) ?? .all,
            jobSet: submission.plan?.jobSet
        )
        return submission
    }

    /// Another schedule, other times, an instance less or more, or an end; mostly where that is allowed.
    func speakAsPlanner() async {
        let requests = memory.snapshot.requests.values.sorted { $0.id < $1.id }
        let parents = requests.filter(\.lineage.type.isRecurringParent)
        let open = parents.filter { $0.state == .wait || $0.state == .hold }
        let held = open.filter { $0.state == .hold }
        var candidates = random.percent(85) && !open.isEmpty ? open : random.percent(50) ? parents : requests
        if random.percent(25), !held.isEmpty { candidates = held }
        guard let request = random.pick(candidates) else { return }
        let event: RequestEvent
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30:
            let rhythm = rhythm(from: memory.now() + .seconds(Int.random(in: -20...20, using: &random)))
            let catchUp = random.pick(CatchUpPolicy.allCases) ?? .all
            event = .patch(RequestPatch(schedule: .init(rhythm.schedule, catchUp: catchUp), end: rhythm.end))
        case 30..<50:
            let start = memory.now() + .milliseconds(Int.random(in: -60_000...60_000, using: &random))
            let end = start + .seconds(Int.random(in: -10...120, using: &random))
            let isMoved = random.percent(70)
            event = .patch(RequestPatch(start: isMoved ? start : nil, end: isMoved && random.percent(40) ? nil : end))
        case 50..<72: event = .controlSchedule(.skip)
        case 72..<92: event = .controlSchedule(.runNow)
        default: event = .controlSchedule(.end)
        }
        let command = RequestCommand(request.id, event, audit: AuditEntry(principal: "anna", action: "plan"))
        await call(command, at: random.percent(30) ? reached : nil)
    }
}
