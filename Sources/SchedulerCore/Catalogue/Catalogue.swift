/// All metadata at one moment: an immutable snapshot with the look-ups that submission, rights and execution need.
///
/// Built-in objects are always part of it; what is given replaces one only where `BuiltInWork` allows it.
package struct Catalogue: Sendable {
    /// What exists before anything is written down.
    package static let builtIn = Catalogue([])

    /// Every built-in object, origin BUILTIN, version 1.
    package static let builtInObjects: [MetadataObject] =
        (BuiltInJobType.allCases.map { .jobType($0.jobType) }
        + BuiltInRoles.roles.map { .role($0) }
        + BuiltInRoles.grants.map { .grant($0) }
        + [.workAssignment(BuiltInWork.internalAssignment), .purgePolicy(BuiltInWork.purgePolicy)])
        .map { MetadataObject($0, origin: .builtIn, version: 1) }

    private let objects: [MetadataObjectID: MetadataObject]
    let index: CatalogueIndex

    /// Takes objects that have passed `CatalogueValidator`; of two with one id the later counts.
    package init(_ given: some Sequence<MetadataObject>) {
        var objects: [MetadataObjectID: MetadataObject] = [:]
        for object in given { objects[object.id] = object }
        for object in Self.builtInObjects {
            if let given = objects[object.id], BuiltInWork.mayReplaceBuiltIn(given.content) { continue }
            objects[object.id] = object
        }
        self.objects = objects
        index = CatalogueIndex(of: objects)
    }

    /// Everything in it, built-in objects included, ordered by id.
    package var allObjects: [MetadataObject] {
        objects.values.sorted { $0.id.description < $1.id.description }
    }

    /// Whether an object names the application.
    package func names(application: String) -> Bool {
        objects.values.contains { $0.names(application: application, in: self) }
    }

    /// The object of that id; an alias of a built-in job type finds the type.
    package subscript(id: MetadataObjectID) -> MetadataObject? {
        objects[id] ?? BuiltInJobType(id).flatMap { objects[$0.id] }
    }

    /// The first of the ids, as `MetadataObjectID.candidates` gives them, that names an object.
    package func first(of candidates: [MetadataObjectID]) -> MetadataObject? {
        for id in candidates {
            if let object = self[id] { return object }
        }
        return nil
    }

    package func jobType(_ id: MetadataObjectID) -> JobType? { CatalogueIndex.jobType(id, in: objects) }

    package func jobDefinition(_ id: MetadataObjectID) -> JobDefinition? {
        guard case .jobDefinition(let definition) = objects[id]?.content else { return nil }
        return definition
    }

    /// The definition with its root type and merged parameters; nil if it, or a type of its chain, does not exist.
    package func resolvedDefinition(_ id: MetadataObjectID) -> ResolvedDefinition? { index.definitions[id] }

    package func user(named name: String) -> User? {
        let id = MetadataObjectID(kind: .user, package: "", name: name)
        guard case .user(let user) = objects[id]?.content else { return nil }
        return user
    }

    package func role(named name: String) -> Role? {
        let id = MetadataObjectID(kind: .role, package: "", name: name)
        guard case .role(let role) = objects[id]?.content else { return nil }
        return role
    }

    /// The roles and all that they include, directly or not. Names without a role are left out.
    package func closure(ofRoles names: Set<String>) -> Set<String> {
        var found: Set<String> = []
        var open = Array(names)
        while let name = open.popLast() {
            guard !found.contains(name), let role = role(named: name) else { continue }
            found.insert(name)
            open.append(contentsOf: role.includes)
        }
        return found
    }

    /// Grants to the user or to one of the roles.
    package func grants(user: String, roles: Set<String>) -> [Grant] {
        (index.grantsOfUser[user] ?? []) + roles.flatMap { index.grantsOfRole[$0] ?? [] }
    }
}
