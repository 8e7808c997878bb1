/// When a policy is due.
package struct PurgeCalendar: Sendable {
    private let planner: OccurrencePlanner

    /// - Parameters:
    ///   - policy: its schedule, or daily at 03:00 UTC.
    ///   - catalogue: holds the schedule.
    ///   - defaultTimeZone: IANA id, `recurrence.defaultTimeZone`.
    ///   - extensions: `recurrence.extensions`.
    /// - Throws: ESS-03004 where the schedule does not exist, and the codes of `StoredSchedule.resolved`.
    package init(
        _ policy: PurgePolicy,
        in catalogue: Catalogue,
        defaultTimeZone: String,
        extensions: Bool
    ) throws(SchedulerError) {
        let schedule: JobSchedule
        if let id = policy.schedule {
            guard let stored = catalogue.schedule(id) else { throw SchedulerError(3004, id.description) }
            schedule = try stored.resolved(in: catalogue, defaultTimeZone: defaultTimeZone, extensions: extensions)
        } else {
            let daily = try RecurrenceRule(icalString: "FREQ=DAILY;BYHOUR=3;BYMINUTE=0;BYSECOND=0")
            schedule = JobSchedule(timezone: "UTC", recurrences: [SchedulePattern(rule: daily)])
        }
        // Rules without a start count from one that never moves, whichever node asks and whenever.
        let occurrences = try Occurrences(schedule, start: Timestamp(milliseconds: 0), end: nil)
        planner = OccurrencePlanner(occurrences, catchUp: .latest)
    }

    /// The instant to run at next after `cursor`, the last one that was decided: of those that have passed the newest,
    /// so that a server which was down runs a policy once.
    package func next(after cursor: Timestamp, now: Timestamp) -> Timestamp? {
        planner.plan(after: cursor, now: now).instant
    }
}
