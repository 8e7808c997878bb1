/// A schedule as a caller writes it into a submission: rules are texts, and times may lack an offset (REST §3.3).
package struct WrittenSchedule: Hashable, Sendable {
    package struct Recurrence: Hashable, Sendable {
        /// RRULE of RFC 5545, not yet read.
        package var icalString: String
        package var startDate: WrittenTime?
        package var endDate: WrittenTime?

        package init(icalString: String, startDate: WrittenTime? = nil, endDate: WrittenTime? = nil) {
            self.icalString = icalString
            self.startDate = startDate
            self.endDate = endDate
        }
    }

    package enum Exclusion: Hashable, Sendable {
        case instant(WrittenTime)
        case day(CivilDate)
    }

    /// IANA id, not yet looked up; nil = the configured zone.
    package var timezone: String?
    package var recurrences: [Recurrence]
    package var inclusions: [WrittenTime]
    package var exclusions: [Exclusion]

    package init(
        timezone: String? = nil,
        recurrences: [Recurrence] = [],
        inclusions: [WrittenTime] = [],
        exclusions: [Exclusion] = []
    ) {
        self.timezone = timezone
        self.recurrences = recurrences
        self.inclusions = inclusions
        self.exclusions = exclusions
    }

    /// The schedule with everything looked up.
    ///
    /// - Parameters:
    ///   - defaultTimeZone: IANA id, `recurrence.defaultTimeZone`.
    ///   - extensions: `recurrence.extensions`; false refuses rules that Oracle does not know.
    /// - Returns: a schedule that `JobSchedule.validate()` has passed.
    /// - Throws: ESS-04002 and 04003 for a rule, and the codes of `JobSchedule.validate()`.
    package func resolved(defaultTimeZone: String, extensions: Bool) throws(SchedulerError) -> JobSchedule {
        let zone = try ZoneRules(identifier: timezone ?? defaultTimeZone)
        var schedule = JobSchedule(timezone: zone.identifier)
        for recurrence in recurrences {
            schedule.recurrences.append(
                SchedulePattern(
                    rule: try RecurrenceRule(icalString: recurrence.icalString, extensions: extensions),
                    startDate: recurrence.startDate?.instant(in: zone),
                    endDate: recurrence.endDate?.instant(in: zone)
                )
            )
        }
        schedule.inclusions = inclusions.map { $0.instant(in: zone) }
        schedule.exclusions = exclusions.map { exclusion in
            switch exclusion {
            case .instant(let time): .instant(time.instant(in: zone))
            case .day(let date): .day(date)
            }
        }
        try schedule.validate()
        return schedule
    }
}
