/// Kinds of metadata objects; the raw value is the prefix of their ids (administration §1.1).
package enum MetadataKind: String, CaseIterable, Hashable, Sendable {
    case jobType = "JobType"
    case jobDefinition = "JobDefinition"
    case jobSet = "JobSet"
    case schedule = "Schedule"
    case exclusionsDefinition = "ExclusionsDefinition"
    case incompatibility = "Incompatibility"
    case workshift = "Workshift"
    case workAssignment = "WorkAssignment"
    case purgePolicy = "PurgePolicy"
    case user = "User"
    case role = "Role"
    case grant = "Grant"
}
