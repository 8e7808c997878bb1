/// A schedule as it is written down; what runs by it gets a `JobSchedule` (administration §1.1).
package struct StoredSchedule: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    /// IANA id; nil = the configured zone.
    package var timezone: String?
    package var recurrences: [WrittenRecurrence]
    package var inclusions: [Timestamp]
    package var exclusions: [ScheduleExclusion]
    /// Further exclusions, by the ids of their definitions.
    package var exclusionsDefinitions: [MetadataObjectID]
    package var overlapPolicy: OverlapPolicy
    /// Nil = not said: then `SYS_executePast` decides.
    package var catchUpPolicy: CatchUpPolicy?

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        timezone: String? = nil,
        recurrences: [WrittenRecurrence] = [],
        inclusions: [Timestamp] = [],
        exclusions: [ScheduleExclusion] = [],
        exclusionsDefinitions: [MetadataObjectID] = [],
        overlapPolicy: OverlapPolicy = .defer,
        catchUpPolicy: CatchUpPolicy? = nil
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.timezone = timezone
        self.recurrences = recurrences
        self.inclusions = inclusions
        self.exclusions = exclusions
        self.exclusionsDefinitions = exclusionsDefinitions
        self.overlapPolicy = overlapPolicy
        self.catchUpPolicy = catchUpPolicy
    }

    /// The schedule as it is copied into a request, with nothing left to look up (runtime §5.1).
    ///
    /// - Parameters:
    ///   - catalogue: holds the exclusions definitions.
    ///   - defaultTimeZone: IANA id, `recurrence.defaultTimeZone`.
    ///   - extensions: `recurrence.extensions`; false refuses rules that Oracle does not know.
    /// - Returns: a schedule that `JobSchedule.validate()` has passed.
    /// - Throws: ESS-30003 for an exclusions definition that is missing, ESS-04002 and 04003 for a rule, and the codes
    ///   of `JobSchedule.validate()`.
    package func resolved(
        in catalogue: Catalogue,
        defaultTimeZone: String,
        extensions: Bool
    ) throws(SchedulerError) -> JobSchedule {
        var schedule = JobSchedule(
            timezone: timezone ?? defaultTimeZone,
            recurrences: try WrittenRecurrence.patterns(of: recurrences, extensions: extensions),
            inclusions: inclusions,
            exclusions: exclusions,
            overlap: overlapPolicy,
            catchUp: catchUpPolicy,
            name: id.name,
            displayName: displayName,
            description: description,
            id: id
        )
        for reference in exclusionsDefinitions {
            guard let definition = catalogue.exclusions(reference) else {
                throw SchedulerError(30003, id.description, reference.description)
            }
            schedule.exclusions += definition.dates
            schedule.exclusionPatterns += try WrittenRecurrence.patterns(
                of: definition.recurrences,
                extensions: extensions
            )
        }
        try schedule.validate()
        return schedule
    }
}
