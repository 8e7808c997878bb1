import Documents
import Logging
import SchedulerCore
import SchedulerEngine

/// Brings the documents of the metadata directory into the store and the store's objects into the catalogue.
struct MetadataLoader {
    let store: any CatalogueStore
    let secrets: MetadataSecrets
    let configuration: ServerConfiguration.Metadata
    let catalogue: CatalogueHolder
    let logger: Logger

    /// Reads the directory, whole or not at all.
    ///
    /// - Returns: its objects, checked beside those of the store; nil where no directory is configured.
    /// - Throws: `DocumentErrors` with all problems of all files; `StoreFault`.
    func read() async throws -> DocumentSet? {
        guard let directory = configuration.directory else { return nil }
        let stored = try await store.metadata()
        let known = try stored.map { try ObjectCodec.object(of: $0, openSecret: secrets.open) }
        let set = try DocumentDirectory.load(directory, beside: known)
        for warning in set.warnings { logger.warning("Metadata", metadata: ["problem": "\(warning)"]) }
        return set
    }

    /// Makes the store what the directory says, as far as `metadata.mode` lets it, in one transaction.
    ///
    /// Objects whose document left the directory stay until somebody removes them.
    func apply(_ set: DocumentSet) async throws {
        guard configuration.mode != .check else { return }
        let stored = try await store.metadata()
        let objects = try encoded(set, beside: stored)
        guard configuration.mode == .enforce else {
            // As if somebody had created them: they are not the directory's, and may be changed by anybody.
            let created = try await store.putMetadata(
                objects,
                origin: MetadataOrigin.api.rawValue,
                unlessPresent: true
            )
            if !created.isEmpty { logger.notice("Metadata created", metadata: ["objects": "\(created.count)"]) }
            return
        }
        let given = Set(objects.map(\.id))
        let left = stored.filter { $0.origin == MetadataOrigin.directory.rawValue && !given.contains($0.id) }
        try await store.replaceMetadata(
            origin: MetadataOrigin.directory.rawValue,
            with: objects + left.map { (id: $0.id, document: $0.document) }
        )
    }

    /// In what the store differs from the directory.
    func drift(of set: DocumentSet) async throws -> MetadataDrift {
        let stored = try await store.metadata()
        let documents = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0.document) })
        let objects = try encoded(set, beside: stored)
        var drift = MetadataDrift()
        drift.missing = objects.map(\.id).filter { documents[$0] == nil }
        // Whatever is seeded belongs to its users from then on.
        guard configuration.mode != .seed else { return drift }
        drift.different = objects.filter { documents[$0.id] != nil && documents[$0.id] != $0.document }.map(\.id)
        let given = Set(objects.map(\.id))
        drift.unknown = stored.filter { $0.origin == MetadataOrigin.directory.rawValue && !given.contains($0.id) }
            .map(\.id)
        return drift
    }

    /// Takes the store's objects for the catalogue; where that fails the old one stays.
    func loadCatalogue() async throws {
        let objects = try await store.metadata().map { try ObjectCodec.object(of: $0, openSecret: secrets.open) }
        catalogue.current = Catalogue(objects)
        logger.info("Metadata loaded", metadata: ["objects": "\(objects.count)"])
        warnOfWhatIsNotObeyed(objects)
    }

    /// Kept and checked, without effect in this version: nobody should find that out by two jobs that ran together.
    private func warnOfWhatIsNotObeyed(_ objects: [MetadataObject]) {
        let idle: [MetadataKind] = [.incompatibility, .purgePolicy]
        for kind in idle {
            let count = objects.count { $0.id.kind == kind }
            guard count > 0 else { continue }
            logger.warning(
                "Documents of this kind have no effect in this version",
                metadata: ["kind": "\(kind.rawValue)", "objects": "\(count)"]
            )
        }
    }

    private func encoded(
        _ set: DocumentSet,
        beside stored: [StoredMetadata]
    ) throws -> [(id: String, document: String)] {
        let documents = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0.document) })
        return try set.objects.map { object in
            let id = object.id.description
            let document = try ObjectCodec.encode(
                object.content,
                unlessStored: documents[id],
                sealSecret: secrets.seal,
                openSecret: secrets.open
            )
            return (id: id, document: document)
        }
    }
}

/// In what a store differs from a node's metadata directory; ids of objects.
struct MetadataDrift: Hashable {
    /// In the directory alone.
    var missing: [String] = []
    var different: [String] = []
    /// From a directory, but not in this one.
    var unknown: [String] = []

    var isEmpty: Bool { missing.isEmpty && different.isEmpty && unknown.isEmpty }

    /// For the log.
    var metadata: Logger.Metadata {
        [
            "missing": Self.list(missing), "different": Self.list(different), "unknown": Self.list(unknown),
        ]
    }

    /// Ids that a log line names of each kind.
    private static let namedMax = 20

    private static func list(_ ids: [String]) -> Logger.MetadataValue {
        let rest = ids.count - namedMax
        return .array(ids.prefix(namedMax).map { "\($0)" } + (rest > 0 ? ["and \(rest) more"] : []))
    }
}
