/// Look-ups of what runs together, when and where.
extension Catalogue {
    package func jobSet(_ id: MetadataObjectID) -> JobSet? {
        guard case .jobSet(let set) = self[id]?.content else { return nil }
        return set
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
