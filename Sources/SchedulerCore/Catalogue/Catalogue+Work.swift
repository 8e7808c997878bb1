/// Look-ups of what runs together, when and where.
extension Catalogue {
    package func jobSet(_ id: MetadataObjectID) -> JobSet? { self[id]?.content.jobSet }

    /// The set with everything in it; nil if it, or a job of it, does not exist, or it is deeper or larger than
    /// allowed.
    package func resolvedJobSet(_ id: MetadataObjectID) -> ResolvedJobSet? {
        guard let set = jobSet(id) else { return nil }
        var resolver = JobSetResolver(
            jobSet: jobSet,
            definition: resolvedDefinition,
            customizations: { self[$0]?.customizations.parameters ?? [] }
        )
        return resolver.resolve(set)
    }

    package func schedule(_ id: MetadataObjectID) -> StoredSchedule? {
        guard case .schedule(let schedule) = self[id]?.content else { return nil }
        return schedule
    }

    package func exclusions(_ id: MetadataObjectID) -> ExclusionsDefinition? {
        guard case .exclusionsDefinition(let definition) = self[id]?.content else { return nil }
        return definition
    }

    package func workshift(_ id: MetadataObjectID) -> Workshift? {
        guard case .workshift(let shift) = self[id]?.content else { return nil }
        return shift
    }

    /// All of them, built-in ones included, by id.
    package var workAssignments: [WorkAssignment] { index.workAssignments }

    /// All of them, built-in ones included, by id.
    package var purgePolicies: [PurgePolicy] { index.purgePolicies }

    /// Those that a definition or set is part of, by id.
    package func incompatibilities(of entity: MetadataObjectID) -> [Incompatibility] {
        index.incompatibilities[entity] ?? []
    }

    /// Ids of all objects that name this one, in their order; an alias of a job type counts as the type.
    package func referrers(of id: MetadataObjectID) -> [MetadataObjectID] {
        index.referrers[CatalogueIndex.canonical(id)] ?? []
    }
}
