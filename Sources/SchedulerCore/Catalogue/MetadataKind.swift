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

    /// Spellings of older callers (administration §1.2). The one of triggers leads nowhere: that kind is reserved.
    private static let aliases: [String: MetadataKind] = [
        "ScheduleDefinition": .schedule,
        "SCHEDULE_DEFINITION": .schedule,
        "JOB_TYPE": .jobType,
        "JOB_DEFINITION": .jobDefinition,
        "JOB_SET": .jobSet,
        "JOBSET": .jobSet,
        "EXCLUSION_DEFINITION": .exclusionsDefinition,
        "INCOMPATIBILITY": .incompatibility,
        "WORKSHIFT": .workshift,
        "WORK_ASSIGNMENT": .workAssignment,
    ]

    /// The kind that a prefix names, by its own name or an alias, exact in case; nil if none.
    package init?(spelling: String) {
        guard let kind = MetadataKind(rawValue: spelling) ?? Self.aliases[spelling] else { return nil }
        self = kind
    }

    /// False for users, roles and grants, whose id is a bare name.
    package var hasPackage: Bool {
        switch self {
        case .user, .role, .grant: false
        default: true
        }
    }
}
