/// What a catalogue finds by other keys than the id, prepared once for a snapshot.
struct CatalogueIndex: Sendable {
    private(set) var definitions: [MetadataObjectID: ResolvedDefinition] = [:]
    private(set) var grantsOfUser: [String: [Grant]] = [:]
    private(set) var grantsOfRole: [String: [Grant]] = [:]
    /// By definition or set, in the order of their ids.
    private(set) var incompatibilities: [MetadataObjectID: [Incompatibility]] = [:]
    private(set) var workAssignments: [WorkAssignment] = []
    private(set) var purgePolicies: [PurgePolicy] = []
    /// By the object referred to: ids of those that refer to it, in their order, each once.
    private(set) var referrers: [MetadataObjectID: [MetadataObjectID]] = [:]

    init(of objects: [MetadataObjectID: MetadataObject]) {
        for object in objects.values.sorted(by: { $0.id.description < $1.id.description }) {
            for id in Set(object.content.references.map { Self.canonical($0.id) }) {
                referrers[id, default: []].append(object.id)
            }
            switch object.content {
            case .jobDefinition(let definition):
                definitions[definition.id] = ResolvedDefinition(
                    definition,
                    customizations: object.customizations.parameters
                ) { Self.jobType($0, in: objects) }
            case .incompatibility(let incompatibility):
                for entity in Set(incompatibility.entities.map(\.entity)) {
                    incompatibilities[entity, default: []].append(incompatibility)
                }
            case .workAssignment(let assignment): workAssignments.append(assignment)
            case .purgePolicy(let policy): purgePolicies.append(policy)
            case .grant(let grant):
                switch grant.grantee {
                case .user(let name): grantsOfUser[name, default: []].append(grant)
                case .role(let name): grantsOfRole[name, default: []].append(grant)
                }
            case .jobType, .jobSet, .schedule, .exclusionsDefinition, .workshift, .user, .role: break
            }
        }
    }

    static func jobType(_ id: MetadataObjectID, in objects: [MetadataObjectID: MetadataObject]) -> JobType? {
        if let builtIn = BuiltInJobType(id) { return builtIn.jobType }
        guard case .jobType(let type) = objects[id]?.content else { return nil }
        return type
    }

    /// The type that an alias stands for.
    static func canonical(_ id: MetadataObjectID) -> MetadataObjectID { BuiltInJobType(id)?.id ?? id }
}
