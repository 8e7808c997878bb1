/// The document of an object: what a person wrote. Two equal ones need no new version.
package enum MetadataContent: Hashable, Sendable {
    case jobType(JobType)
    case jobDefinition(JobDefinition)
    case jobSet(JobSet)
    case schedule(StoredSchedule)
    case exclusionsDefinition(ExclusionsDefinition)
    case incompatibility(Incompatibility)
    case workshift(Workshift)
    case workAssignment(WorkAssignment)
    case purgePolicy(PurgePolicy)
    case user(User)
    case role(Role)
    case grant(Grant)

    /// What it has in common with all others.
    package var document: any MetadataDocument {
        switch self {
        case .jobType(let value): value
        case .jobDefinition(let value): value
        case .jobSet(let value): value
        case .schedule(let value): value
        case .exclusionsDefinition(let value): value
        case .incompatibility(let value): value
        case .workshift(let value): value
        case .workAssignment(let value): value
        case .purgePolicy(let value): value
        case .user(let value): value
        case .role(let value): value
        case .grant(let value): value
        }
    }

    package var id: MetadataObjectID { document.id }
    package var displayName: String? { document.displayName }
    package var description: String? { document.description }
    /// Objects that the document names, in its order.
    package var references: [MetadataReference] { document.references }

    /// The set if it is one.
    package var jobSet: JobSet? {
        guard case .jobSet(let value) = self else { return nil }
        return value
    }

    /// The same with other ids of definitions and sets: those of a set's steps, of an incompatibility's entities and of
    /// a policy's criteria.
    package func replacingJobs(_ replacement: (MetadataReference) -> MetadataObjectID) -> MetadataContent {
        switch self {
        case .jobSet(var set):
            for (index, reference) in set.references.enumerated() { set.steps[index].job = replacement(reference) }
            return .jobSet(set)
        case .incompatibility(var incompatibility):
            for (index, reference) in incompatibility.references.enumerated() {
                incompatibility.entities[index].entity = replacement(reference)
            }
            return .incompatibility(incompatibility)
        case .purgePolicy(var policy):
            policy.criteria.jobDefinition = policy.criteria.jobDefinition.map {
                replacement(MetadataReference("/criteria/jobDefinition", $0))
            }
            return .purgePolicy(policy)
        default: return self
        }
    }
}
