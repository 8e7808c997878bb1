/// Durable metadata objects as canonical documents; their meaning is the catalogue's business.
package protocol CatalogueStore: Sendable {
    /// All objects, by id.
    func metadata() async throws -> [StoredMetadata]

    /// Changes objects, in one transaction: all or none, with an audit record for each that changed.
    ///
    /// An unchanged document keeps its version, a changed one gets the next, of which the newest are kept
    /// (`MetadataLimits.versionsMax`). An origin changes without a new version. Customised properties go with their
    /// object.
    ///
    /// - Parameters:
    ///   - set: what to change, and what it is decided on.
    ///   - audit: who changes it; its action is replaced by what was done to each object.
    ///   - call: recorded with it; nil for one without a key.
    /// - Returns: one outcome a change, in the same order.
    /// - Throws: `MetadataConflict`, ESS-01054 where the call's key has been used, `StoreFault`; then nothing is
    ///   written.
    func changeMetadata(
        _ set: MetadataChangeSet,
        audit: AuditEntry,
        call: IdempotentCall?
    ) async throws -> [MetadataOutcome]

    /// The newest versions of an object, newest first; those of a deleted object too.
    func metadataVersions(of id: String) async throws -> [StoredMetadataVersion]

    /// A number that grows with each change of metadata, by whichever node.
    func metadataRevision() async throws -> Int64
}

extension CatalogueStore {
    /// How often a change that is made for all metadata is decided anew when others were quicker.
    private static var attemptsMax: Int { 100 }

    /// Changes objects for a call without a key.
    package func changeMetadata(_ set: MetadataChangeSet, audit: AuditEntry) async throws -> [MetadataOutcome] {
        try await changeMetadata(set, audit: audit, call: nil)
    }

    /// Makes `objects` the only ones of `origin`, in one transaction.
    ///
    /// Objects of other origins stay; an id that another origin holds is taken over. Of two of one id the later counts.
    ///
    /// - Parameters:
    ///   - origin: `BUILTIN`, `DIRECTORY`, `API` or `IMPORT`.
    ///   - objects: pairs of canonical id and canonical JSON document.
    ///   - audit: who does it.
    /// - Throws: `StoreFault`; nothing is written then.
    package func replaceMetadata(
        origin: String,
        with objects: [(id: String, document: String)],
        audit: AuditEntry = .system("metadata")
    ) async throws {
        let given = Dictionary(objects.map { ($0.id, $0.document) }) { _, last in last }
        let puts = given.sorted { $0.key < $1.key }
            .map { MetadataChange($0.key, .put(document: $0.value, origin: origin)) }
        _ = try await changeMetadata(audit: audit) { stored in
            puts + stored.filter { $0.origin == origin && given[$0.id] == nil }.map { MetadataChange($0.id, .delete) }
        }
    }

    /// Creates or changes objects, in one transaction.
    ///
    /// - Parameters:
    ///   - objects: pairs of canonical id and canonical JSON document, each id once.
    ///   - origin: of all of them.
    ///   - isNewOnly: leave those alone that are stored already, of whatever origin: of many nodes that create the same
    ///     object at once, one does.
    ///   - audit: who does it.
    /// - Returns: the ids of the objects that this call created or changed, sorted by their bytes.
    /// - Throws: `StoreFault`; nothing is written then.
    package func putMetadata(
        _ objects: [(id: String, document: String)],
        origin: String,
        unlessPresent isNewOnly: Bool,
        audit: AuditEntry = .system("metadata")
    ) async throws -> [String] {
        let puts = objects.map { MetadataChange($0.id, .put(document: $0.document, origin: origin)) }
        let outcomes = try await changeMetadata(audit: audit) { stored in
            let present = isNewOnly ? Set(stored.map(\.id)) : []
            return puts.filter { !present.contains($0.id) }
        }
        return outcomes.filter { $0.kind != .unchanged }.map(\.id)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Creates or changes one object.
    ///
    /// - Returns: whether this call created or changed it.
    package func putMetadata(
        id: String,
        origin: String,
        document: String,
        unlessPresent isNewOnly: Bool
    ) async throws -> Bool {
        try await !putMetadata([(id, document)], origin: origin, unlessPresent: isNewOnly).isEmpty
    }

    /// Carries out what `decide` makes of all that is stored, as if nobody else changed anything meanwhile.
    private func changeMetadata(
        audit: AuditEntry,
        _ decide: ([StoredMetadata]) -> [MetadataChange]
    ) async throws -> [MetadataOutcome] {
        for _ in 0..<Self.attemptsMax {
            // Asked first: what changes after it makes the change stale.
            let revision = try await metadataRevision()
            let changes = decide(try await metadata())
            guard !changes.isEmpty else { return [] }
            do {
                return try await changeMetadata(MetadataChangeSet(changes, revision: revision), audit: audit)
            } catch MetadataConflict.stale {
                continue
            }
        }
        throw StoreFault("others change the metadata all the time", kind: .unavailable)
    }
}
