/// Objects of work and purging that exist without being written down (administration §4, §6.5).
package enum BuiltInWork {
    /// What a new node works on while all others are bound: jobs of the server's own.
    package static let internalAssignment = WorkAssignment(
        id: MetadataObjectID(kind: .workAssignment, package: package, name: "ESSInternalWA"),
        description: "The server's own jobs, on a node that nothing is bound to while all others are bound",
        specialization: Specialization(
            .comparison(.definition, .startsWith, .text("\(MetadataKind.jobDefinition.rawValue):/\(package)/"))
        )
    )

    /// Daily at 03:00 UTC, everything that ended 90 days ago.
    package static let purgePolicy = PurgePolicy(
        id: MetadataObjectID(kind: .purgePolicy, package: package, name: "Default"),
        description: "Removes requests 90 days after their end"
    )

    /// Whether an object may stand in place of the built-in one of its id: the policy may be disabled, and enabled
    /// again; all else of it, and every other built-in object, stays as it is.
    package static func mayReplaceBuiltIn(_ content: MetadataContent) -> Bool {
        guard case .purgePolicy(var policy) = content else { return false }
        policy.isEnabled = purgePolicy.isEnabled
        return policy == purgePolicy
    }

    private static let package = "/escapement/core"
}
