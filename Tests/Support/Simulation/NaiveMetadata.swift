import SchedulerCore

/// The metadata of simulated runs in the auditor's own reading.
struct NaiveMetadata: Hashable, Sendable {
    var work = NaiveWork.none
    /// Definitions and sets that somebody has deleted by force.
    var deleted: Set<MetadataObjectID> = []

    func isThere(_ id: MetadataObjectID) -> Bool { !deleted.contains(id) }

    /// As the scheduler reads it.
    var catalogue: Catalogue {
        let jobs = NaiveLocks.contents.filter { isThere($0.id) }
        return Catalogue((jobs + work.contents).map { MetadataObject($0, origin: .directory, version: 1) })
    }
}
