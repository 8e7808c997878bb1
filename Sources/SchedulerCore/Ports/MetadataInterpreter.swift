/// Every step of a change of metadata, once for all stores: look, decide, write, audit.
package struct MetadataInterpreter {
    private let now: Timestamp
    private let principal: String
    private var current: [String: StoredMetadata]
    private var newest: [String: Int]
    private var versions: [StoredMetadataVersion] = []
    private var written: Set<String> = []
    private var removed: Set<String> = []
    private var customizations: [(id: String, property: String, value: String?)] = []

    /// Carries the change out.
    ///
    /// - Parameters:
    ///   - set: what to change.
    ///   - audit: who changes it.
    ///   - call: recorded with it; nil for one without a key.
    ///   - transaction: of the store.
    /// - Returns: one outcome a change.
    /// - Throws: `MetadataConflict` before anything is written; ESS-01054 where the key has been used; what the
    ///   transaction throws.
    package static func perform(
        _ set: MetadataChangeSet,
        audit: AuditEntry,
        call: IdempotentCall? = nil,
        in transaction: inout some MetadataTransaction
    ) throws -> [MetadataOutcome] {
        let revision = try transaction.lock()
        if let expected = set.revision, expected != revision { throw MetadataConflict.stale }
        let ids = Array(Set(set.changes.map(\.id)))
        let before = try transaction.objects(ids)
        let created = ids.filter { before[$0] == nil }
        var interpreter = MetadataInterpreter(
            now: transaction.now,
            principal: audit.principal,
            current: before,
            newest: created.isEmpty ? [:] : try transaction.newestVersions(created)
        )
        let outcomes = try set.changes.map { try interpreter.decide($0, comment: set.comment) }
        guard outcomes.contains(where: { $0.kind != .unchanged }) else { return outcomes }
        try interpreter.write(in: &transaction)
        for (change, outcome) in zip(set.changes, outcomes) where outcome.kind != .unchanged {
            try transaction.append(AuditRecord(outcome, change.diff, audit, time: transaction.now))
        }
        try transaction.raiseRevision()
        try transaction.record(call, answering: .done)
        return outcomes
    }

    private init(
        now: Timestamp,
        principal: String,
        current: [String: StoredMetadata],
        newest: [String: Int]
    ) {
        self.now = now
        self.principal = principal
        self.current = current
        self.newest = newest
    }

    private mutating func decide(_ change: MetadataChange, comment: String?) throws -> MetadataOutcome {
        let version = current[change.id]?.version ?? 0
        if let base = change.base, base != version {
            throw MetadataConflict.movedOn(id: change.id, base: base, current: version)
        }
        switch change.action {
        case .put(let document, let origin):
            return put(change.id, document, origin: origin, comment: comment)
        case .delete:
            guard current[change.id] != nil else { return MetadataOutcome(change.id, .unchanged, version: 0) }
            newest[change.id] = max(version, newest[change.id] ?? 0)
            current[change.id] = nil
            customizations.removeAll { $0.id == change.id }
            written.remove(change.id)
            removed.insert(change.id)
            return MetadataOutcome(change.id, .deleted, version: 0)
        case .customize(let property, let value):
            guard let object = current[change.id] else {
                throw MetadataConflict.movedOn(id: change.id, base: change.base ?? 1, current: 0)
            }
            guard object.customizations[property] != value else {
                return MetadataOutcome(change.id, .unchanged, version: version)
            }
            current[change.id]?.customizations[property] = value
            customizations.append((change.id, property, value))
            return MetadataOutcome(change.id, .customized, version: version)
        }
    }

    private mutating func put(
        _ id: String,
        _ document: String,
        origin: String,
        comment: String?
    ) -> MetadataOutcome {
        guard var object = current[id] else {
            let object = StoredMetadata(
                id: id,
                origin: origin,
                // Nobody who has seen the former object can take the new one for it.
                version: (newest[id] ?? 0) + 1,
                document: document,
                createdBy: principal,
                updatedBy: principal,
                updatedTime: now
            )
            keep(object, comment: comment)
            return MetadataOutcome(id, .created, version: object.version)
        }
        let isNewVersion = !object.document.utf8.elementsEqual(document.utf8)
        guard isNewVersion || object.origin != origin else {
            return MetadataOutcome(id, .unchanged, version: object.version)
        }
        object.origin = origin
        object.document = document
        object.updatedBy = principal
        object.updatedTime = now
        if isNewVersion {
            object.version += 1
            keep(object, comment: comment)
        } else {
            current[id] = object
            written.insert(id)
        }
        return MetadataOutcome(id, .updated, version: object.version)
    }

    private mutating func keep(_ object: StoredMetadata, comment: String?) {
        current[object.id] = object
        written.insert(object.id)
        versions.append(object.asVersion(comment: comment))
    }

    /// Removals go first: an object that is created again in the same change has no customised properties.
    private func write(in transaction: inout some MetadataTransaction) throws {
        if !removed.isEmpty { try transaction.remove(Self.ordered(removed)) }
        let objects = Self.ordered(written).compactMap { current[$0] }
        if !objects.isEmpty { try transaction.write(objects) }
        if !versions.isEmpty { try transaction.append(versions, kept: MetadataLimits.versionsMax) }
        for change in customizations {
            try transaction.customize(change.id, property: change.property, value: change.value)
        }
    }

    private static func ordered(_ ids: Set<String>) -> [String] {
        ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension AuditRecord {
    /// What was done to an object.
    fileprivate init(_ outcome: MetadataOutcome, _ diff: String?, _ entry: AuditEntry, time: Timestamp) {
        let kind = outcome.id.prefix { $0 != ":" }
        self.init(
            time: time,
            entry: entry.with(action: outcome.kind.rawValue),
            targetKind: String(kind),
            targetID: outcome.id,
            outcome: .ok,
            diff: diff
        )
    }
}
