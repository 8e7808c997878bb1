import SchedulerCore

/// The metadata of simulated runs in the auditor's own reading.
struct NaiveMetadata: Hashable, Sendable {
    var work = NaiveWork.none
    /// Definitions and sets that somebody has deleted by force.
    var deleted: Set<MetadataObjectID> = []

    /// Users that somebody has switched off.
    var disabled: Set<String> = []

    static let users = ["anna", "anna", "anna", "bert"]

    func isUsable(_ request: JobRequest) -> Bool {
        !disabled.contains(request.facts.submitter) && !disabled.contains(request.facts.runAsUser)
    }

    func isThere(_ id: MetadataObjectID) -> Bool { !deleted.contains(id) }

    /// As the scheduler reads it.
    var catalogue: Catalogue {
        let jobs = NaiveLocks.contents.filter { isThere($0.id) }
        let users = disabled.sorted().map { MetadataContent.user(User(name: $0, isEnabled: false)) }
        return Catalogue((jobs + work.contents + users).map { MetadataObject($0, origin: .directory, version: 1) })
    }
}
