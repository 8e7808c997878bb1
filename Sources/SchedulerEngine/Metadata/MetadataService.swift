package import Documents
package import SchedulerCore

/// Metadata as stored objects: lists, reads and the looks from one object to others (administration §3). What changes
/// it is in extensions.
package struct MetadataService: Sendable {
    let source: MetadataSource
    let requests: any RequestStore
    let denials: DenialRecorder
    let gateway: CommandGateway
    let recurrence: RecurrenceSettings

    /// - Parameters:
    ///   - source: the stored objects.
    ///   - requests: asked which requests use an object.
    ///   - denials: keeps denied writes.
    ///   - gateway: tells requests that their definition is gone.
    ///   - recurrence: which rules of imported schedules are understood.
    package init(
        source: MetadataSource,
        requests: any RequestStore,
        denials: DenialRecorder,
        gateway: CommandGateway,
        recurrence: RecurrenceSettings = RecurrenceSettings()
    ) {
        self.source = source
        self.requests = requests
        self.denials = denials
        self.gateway = gateway
        self.recurrence = recurrence
    }

    /// One page of the objects of a kind that the caller may read, built-in ones included.
    ///
    /// - Throws: ESS-05005 for a cursor of another list; `StoreFault`.
    package func list(_ kind: MetadataKind, _ listing: MetadataListing, caller: Caller) async throws -> MetadataPage {
        let snapshot = try await source.current()
        let rights = MetadataRights(caller, snapshot.catalogue)
        let readable = snapshot.catalogue.allObjects.filter { $0.id.kind == kind && rights.canRead($0.id) }
        return try listing.page(of: readable, in: snapshot.catalogue)
    }

    /// One object, as it is or as it was in one of its kept versions.
    ///
    /// - Throws: ESS-30001 also where the caller may not read it; `StoreFault`.
    package func object(_ id: MetadataObjectID, version: Int?, caller: Caller) async throws -> MetadataObject {
        let object = try await readable(id, caller: caller).object
        guard let version, version != object.version else { return object }
        let versions = try await source.store.metadataVersions(of: object.id.description)
        guard let old = versions.first(where: { $0.version == version }) else {
            throw SchedulerError(30001, "\(object.id) version \(version)")
        }
        var former = object
        former.content = try ObjectCodec.decode(old.document, openSecret: source.secrets.open)
        former.version = old.version
        former.updatedBy = old.updatedBy
        former.updatedTime = old.updatedTime
        return former
    }

    /// The newest versions, newest first.
    ///
    /// - Throws: ESS-30001; `StoreFault`.
    package func versions(
        _ id: MetadataObjectID,
        caller: Caller
    ) async throws -> [StoredMetadataVersion] {
        let object = try await readable(id, caller: caller).object
        return try await source.store.metadataVersions(of: object.id.description)
    }

    /// Objects that name this one, as far as the caller may read them.
    ///
    /// - Throws: ESS-30001; `StoreFault`.
    package func referrers(_ id: MetadataObjectID, caller: Caller) async throws -> [MetadataObjectID] {
        let (object, snapshot) = try await readable(id, caller: caller)
        let rights = MetadataRights(caller, snapshot.catalogue)
        return snapshot.catalogue.referrers(of: object.id).filter(rights.canRead)
    }

    /// What the caller may do with the object.
    ///
    /// - Throws: ESS-30001; `StoreFault`.
    package func permissions(_ id: MetadataObjectID, caller: Caller) async throws -> [MetadataAction] {
        let (object, snapshot) = try await readable(id, caller: caller)
        return MetadataRights(caller, snapshot.catalogue).actions(on: object.id)
    }

    /// The stored objects of a package and those below it that the caller may read, by id; nil = of all packages.
    ///
    /// - Throws: `StoreFault`.
    package func export(package: String?, caller: Caller) async throws -> [MetadataContent] {
        let snapshot = try await source.current()
        let rights = MetadataRights(caller, snapshot.catalogue)
        return snapshot.objects
            .filter { object in
                (package.map { object.id.lies(below: $0) } ?? true) && rights.canRead(object.id)
            }
            .sorted { $0.id.precedes($1.id) }.map(\.content)
    }

    /// Checks documents as they would stand beside the stored objects.
    ///
    /// - Returns: what is worth a warning.
    /// - Throws: `MetadataRefusal` with all errors at once; `StoreFault`.
    package func validate(_ body: MetadataBody) async throws -> MetadataPlan {
        let snapshot = try await source.current()
        return try MetadataPlanner(current: snapshot.objects).plan(body.readings, origin: .api, prune: body.prune)
    }

    /// Says what documents would change. The caller has to be able to read what they are laid over.
    ///
    /// - Throws: `MetadataRefusal`: ESS-30002, 30003, 30004, 30007; ESS-30008; `StoreFault`.
    package func plan(_ body: MetadataBody, caller: Caller) async throws -> MetadataPlan {
        let snapshot = try await source.current()
        let plan = try MetadataPlanner(current: snapshot.objects).plan(body.readings, origin: .api, prune: body.prune)
        let rights = MetadataRights(caller, snapshot.catalogue)
        for item in plan.items {
            guard let before = item.before else { continue }
            try rights.requireRead(item.id)
            if item.action != .none, !before.origin.isChangeable { throw MetadataPlanner.unchangeable(before) }
        }
        return plan
    }

    func readable(
        _ id: MetadataObjectID,
        caller: Caller
    ) async throws -> (object: MetadataObject, snapshot: MetadataSnapshot) {
        let snapshot = try await source.current()
        guard let object = snapshot.object(id), MetadataRights(caller, snapshot.catalogue).canRead(object.id) else {
            throw SchedulerError(30001, id.description)
        }
        return (object, snapshot)
    }
}
