package import Documents
package import SchedulerCore

extension MetadataService {
    /// How often a change is decided anew when others were quicker.
    private static let attemptsMax = 20
    /// Requests that a refused deletion names.
    private static let namedRequestsMax = 100

    /// What a change has become.
    package struct Applied: Sendable {
        package let plan: MetadataPlan
        /// Of what the plan changed, in its order.
        package let outcomes: [MetadataOutcome]

        /// The version that an object has now; 0 = there is none.
        package func version(of item: MetadataPlan.Item) -> Int {
            outcomes.first { $0.id == item.id.description }?.version ?? item.baseVersion
        }
    }

    /// Makes the stored objects what documents say, all or nothing.
    ///
    /// - Parameters:
    ///   - body: the documents; with `baseVersions` every object that changes must be at its version there.
    ///   - origin: of what is created.
    ///   - caller: needs the right to each change.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: what was done.
    /// - Throws: `MetadataRefusal`: ESS-30002, 30003, 30004, 30007; `SchedulerError`: ESS-30008, 31002, 02002, 30010,
    ///   31003; `StoreFault`.
    package func apply(
        _ body: MetadataBody,
        origin: MetadataOrigin = .api,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> Applied {
        try await commit(origin: origin, comment: body.comment, caller: caller, call: call) { snapshot, rights in
            let plan = try MetadataPlanner(current: snapshot.objects)
                .plan(body.readings, origin: origin, prune: body.prune)
            for item in plan.items where item.action != .none {
                try Self.authorize(item, rights)
                guard let base = body.baseVersions.map({ $0[item.id] ?? 0 }), base != item.baseVersion else { continue }
                throw SchedulerError(30010, item.id.description, String(base), String(item.baseVersion))
            }
            return plan
        }
    }

    /// Creates one object.
    ///
    /// - Parameters:
    ///   - reading: of its document.
    ///   - caller: needs CREATE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the object.
    /// - Throws: `MetadataRefusal`; ESS-30009 where there is one already; the codes of `apply`.
    package func create(
        _ reading: DocumentReader.Reading,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> MetadataObject {
        let applied = try await commit(caller: caller, call: call) { snapshot, rights in
            if let id = reading.documents.first?.content.id {
                try rights.require(.create, on: id)
                guard snapshot.object(id) == nil else { throw SchedulerError(30009, id.description) }
            }
            return try Self.plan(reading, in: snapshot, rights)
        }
        return try await stored(applied.plan.items.first?.id)
    }

    /// Creates or replaces one object.
    ///
    /// - Parameters:
    ///   - id: what the document must be of.
    ///   - reading: of the document.
    ///   - precondition: what must be there.
    ///   - caller: needs CREATE or UPDATE, or the privilege in its place.
    /// - Returns: the object, and whether there was none.
    /// - Throws: ESS-30008 or 31002, 30007, 30006, 30005, then `MetadataRefusal` and the codes of `apply`.
    package func put(
        _ id: MetadataObjectID,
        _ reading: DocumentReader.Reading,
        _ precondition: MetadataPrecondition,
        caller: Caller
    ) async throws -> (object: MetadataObject, isCreated: Bool) {
        let applied = try await commit(caller: caller) { snapshot, rights in
            let before = snapshot.object(id)
            try rights.require(before == nil ? .create : .update, on: id)
            if let before, !before.origin.isChangeable, !Self.replaces(before, reading) {
                throw MetadataPlanner.unchangeable(before)
            }
            try precondition.check(id, version: before?.version ?? 0)
            return try Self.plan(reading, in: snapshot, rights)
        }
        let item = applied.plan.items.first
        return (try await stored(id), item?.action == .create && Catalogue.builtIn[id] == nil)
    }

    private static func replaces(_ object: MetadataObject, _ reading: DocumentReader.Reading) -> Bool {
        object.origin == .builtIn && reading.documents.allSatisfy { BuiltInWork.mayReplaceBuiltIn($0.content) }
    }

    /// Deletes one object.
    ///
    /// - Parameters:
    ///   - id: of the object.
    ///   - precondition: what must be there.
    ///   - isForced: whether requests may use it that have not ended.
    ///   - caller: needs DELETE, or the privilege in its place.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Throws: ESS-30001, 30008 or 31002, 30007, 30006, 30005; `MetadataRefusal` with ESS-30004 and all objects and
    ///   requests that use it; ESS-31003; `StoreFault`.
    package func delete(
        _ id: MetadataObjectID,
        _ precondition: MetadataPrecondition,
        isForced: Bool = false,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws {
        _ = try await commit(isForced: isForced, caller: caller, call: call) { snapshot, rights in
            guard let object = snapshot.object(id),
                rights.canRead(object.id) || rights.actions(on: object.id).contains(.delete)
            else { throw SchedulerError(30001, id.description) }
            try rights.require(.delete, on: object.id)
            guard object.origin.isChangeable else { throw MetadataPlanner.unchangeable(object) }
            try precondition.check(id, version: object.version)
            return try MetadataPlanner(current: snapshot.objects).deletion(of: [object])
        }
        // Those that were submitted meanwhile.
        if isForced { try await unvalidateRequests(using: id, caller.audit("delete")) }
    }

    /// Makes a second object with the document of one, secret parameters included; a user's password is not.
    ///
    /// - Parameters:
    ///   - id: of the one.
    ///   - target: id of the second.
    ///   - caller: needs READ of the one and CREATE.
    ///   - call: recorded with what it changes; nil for one without a key.
    /// - Returns: the second object.
    /// - Throws: ESS-30001; ESS-30009; the codes of `create`.
    package func copy(
        _ id: MetadataObjectID,
        to target: MetadataObjectID,
        caller: Caller,
        call: IdempotentCall? = nil
    ) async throws -> MetadataObject {
        let applied = try await commit(caller: caller, call: call) { snapshot, rights in
            guard let object = snapshot.object(id), rights.canRead(object.id) else {
                throw SchedulerError(30001, id.description)
            }
            try rights.require(.create, on: target)
            guard snapshot.object(target) == nil else { throw SchedulerError(30009, target.description) }
            return try Self.plan(DocumentReader.copy(of: object.content, to: target), in: snapshot, rights)
        }
        return try await stored(applied.plan.items.first?.id)
    }

    // MARK: - Steps

    static func plan(
        _ reading: DocumentReader.Reading,
        in snapshot: MetadataSnapshot,
        _ rights: MetadataRights
    ) throws -> MetadataPlan {
        let plan = try MetadataPlanner(current: snapshot.objects).plan([reading], origin: .api)
        for item in plan.items { try authorize(item, rights) }
        return plan
    }

    static func authorize(_ item: MetadataPlan.Item, _ rights: MetadataRights) throws {
        switch item.action {
        case .none: return
        case .create: try rights.require(.create, on: item.id)
        case .update: try rights.require(.update, on: item.id)
        case .delete: try rights.require(.delete, on: item.id)
        }
        if let before = item.before, !before.origin.isChangeable { throw MetadataPlanner.unchangeable(before) }
        if let after = item.after { try rights.requireContent(after) }
    }

    /// Carries out what `decide` makes of the metadata, as if nobody else changed anything meanwhile.
    func commit(
        origin: MetadataOrigin = .api,
        comment: String? = nil,
        isForced: Bool = false,
        caller: Caller,
        call: IdempotentCall? = nil,
        _ decide: (MetadataSnapshot, MetadataRights) throws -> MetadataPlan
    ) async throws -> Applied {
        let entry = caller.audit("metadata")
        for _ in 0..<Self.attemptsMax {
            let snapshot = try await source.current()
            let plan: MetadataPlan
            do {
                plan = try decide(snapshot, MetadataRights(caller, snapshot.catalogue))
            } catch let denial as MetadataDenial {
                await denials.record(denial.error, entry: entry, target: denial.target)
                throw denial.error
            }
            try LastAdministrator.check(plan, in: snapshot)
            if isForced {
                for item in plan.items where item.action == .delete {
                    try await unvalidateRequests(using: item.id, entry)
                }
            } else {
                try await requireUnusedByRequests(plan)
            }
            let changes = try changes(of: plan, in: snapshot, origin: origin)
            guard !changes.isEmpty else { return Applied(plan: plan, outcomes: []) }
            do {
                let set = MetadataChangeSet(changes, revision: snapshot.revision, comment: comment)
                let outcomes = try await source.store.changeMetadata(set, audit: entry, call: call)
                _ = try await source.current()
                return Applied(plan: plan, outcomes: outcomes)
            } catch is MetadataConflict {
                continue
            }
        }
        throw StoreFault("others change the metadata all the time", kind: .unavailable)
    }

    private func changes(
        of plan: MetadataPlan,
        in snapshot: MetadataSnapshot,
        origin: MetadataOrigin
    ) throws -> [MetadataChange] {
        try plan.items.filter { $0.action != .none }.map { item in
            let id = item.id.description
            let diff = item.auditText
            guard let after = item.after else {
                return MetadataChange(id, .delete, base: item.baseVersion, diff: diff)
            }
            let document = try ObjectCodec.encode(
                after,
                unlessStored: snapshot.documents[id],
                sealSecret: source.secrets.seal,
                openSecret: source.secrets.open
            )
            let origin = item.before?.origin ?? origin
            let action = MetadataChange.Action.put(document: document, origin: origin.rawValue)
            return MetadataChange(id, action, base: item.baseVersion, diff: diff)
        }
    }

    private func requireUnusedByRequests(_ plan: MetadataPlan) async throws {
        for item in plan.items where item.action == .delete {
            guard let field = Self.fieldOfUse(item.id.kind) else { continue }
            var query = RequestQuery(
                filter: .and([
                    .comparison(field, .equal, .text(item.id.description)), .not(.present(.completedTime)),
                ]),
                limit: Self.namedRequestsMax
            )
            query.order = .standard
            let using = try await requests.requests(query)
            guard using.isEmpty else {
                throw MetadataRefusal(item.id, usedBy: using.map { "request \($0.request.id)" })
            }
        }
    }

    /// By which requests name objects of a kind.
    private static func fieldOfUse(_ kind: MetadataKind) -> RequestField? {
        switch kind {
        case .jobDefinition, .jobSet: .jobDefinitionID
        case .schedule: .scheduleDefinition
        default: nil
        }
    }

    func stored(_ id: MetadataObjectID?) async throws -> MetadataObject {
        guard let id, let object = try await source.current().object(id) else {
            throw SchedulerError(30001, id?.description ?? "the object")
        }
        return object
    }
}
