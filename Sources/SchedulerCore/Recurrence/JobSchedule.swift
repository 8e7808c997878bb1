/// A schedule as it is copied into a request, with nothing left to look up (runtime §5.1).
///
/// Instants = (recurrences ∪ inclusions) − exclusions − exclusionPatterns; `Occurrences` computes them.
package struct JobSchedule: Hashable, Sendable {
    /// IANA id of the zone in which rules and date-only exclusions are read.
    package var timezone: String
    package var recurrences: [SchedulePattern]
    package var inclusions: [Timestamp]
    package var exclusions: [ScheduleExclusion]
    /// Patterns of the exclusions definitions that the stored schedule names.
    package var exclusionPatterns: [SchedulePattern]
    package var overlap: OverlapPolicy
    /// Nil where the schedule says nothing, as inline ones do.
    package var catchUp: CatchUpPolicy?
    package var name: String?
    package var displayName: String?
    package var description: String?
    /// The stored schedule that this was copied from.
    package var id: MetadataObjectID?

    package init(
        timezone: String,
        recurrences: [SchedulePattern] = [],
        inclusions: [Timestamp] = [],
        exclusions: [ScheduleExclusion] = [],
        exclusionPatterns: [SchedulePattern] = [],
        overlap: OverlapPolicy = .defer,
        catchUp: CatchUpPolicy? = nil,
        name: String? = nil,
        displayName: String? = nil,
        description: String? = nil,
        id: MetadataObjectID? = nil
    ) {
        self.timezone = timezone
        self.recurrences = recurrences
        self.inclusions = inclusions
        self.exclusions = exclusions
        self.exclusionPatterns = exclusionPatterns
        self.overlap = overlap
        self.catchUp = catchUp
        self.name = name
        self.displayName = displayName
        self.description = description
        self.id = id
    }
}
