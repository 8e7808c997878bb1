/// The document of an object: what a person wrote. Two equal ones need no new version.
package enum MetadataContent: Hashable, Sendable {
    case jobType(JobType)
    case jobDefinition(JobDefinition)
    case jobSet(JobSet)
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
}
