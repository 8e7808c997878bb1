/// Exclusions that several schedules share, public holidays for example (administration §1.1).
package struct ExclusionsDefinition: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    /// Single instants, and days in the zone of the schedule that leaves them out.
    package var dates: [ScheduleExclusion]
    package var recurrences: [WrittenRecurrence]

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        dates: [ScheduleExclusion] = [],
        recurrences: [WrittenRecurrence] = []
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.dates = dates
        self.recurrences = recurrences
    }
}
