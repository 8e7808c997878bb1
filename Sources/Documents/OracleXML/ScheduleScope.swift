/// What the parts of a schedule share while it is read.
struct ScheduleScope {
    let clock: DocumentClock
    /// Name of the zone in the report.
    let zoneName: String
    /// Recurrences, inclusions, exclusions, and ids of exclusions definitions, as documents hold them.
    var recurrences: [DocumentNode] = []
    var inclusions: [DocumentNode] = []
    var exclusions: [DocumentNode] = []
    var definitions: [DocumentNode] = []
    /// Rules among the exclusions: a document of their own.
    var excludedRecurrences: [DocumentNode] = []

    init(zone: String?) {
        clock = DocumentClock(timezone: zone)
        zoneName = zone ?? "UTC"
    }
}
