import Documents
import Logging
import SchedulerCore
import SchedulerEngine

/// Brings the documents of the metadata directory into the store and the store's objects into the catalogue.
struct MetadataLoader {
    let source: MetadataSource
    let configuration: ServerConfiguration.Metadata
    let logger: Logger

    var store: any CatalogueStore { source.store }

    /// Reads the directory, whole or not at all.
    ///
    /// - Returns: its objects, checked beside those of the store; nil where no directory is configured.
    /// - Throws: `DocumentErrors` with all problems of all files; `StoreFault`.
    func read() async throws -> DocumentSet? {
        guard let directory = configuration.directory else { return nil }
        let known = try await source.current().objects
        let set = try DocumentDirectory.load(directory, beside: known)
        if configuration.mode == .enforce, configuration.prunes { try requireUnused(known, without: set) }
        for warning in set.warnings { logger.warning("Metadata", metadata: ["problem": "\(warning)"]) }
        return set
    }

    /// What is to be removed must be named by nothing that stays.
    private func requireUnused(_ known: [MetadataObject], without set: DocumentSet) throws(DocumentErrors) {
        let given = Set(set.objects.map(\.id))
        let leaving = known.filter { $0.origin == .directory && !given.contains($0.id) }
        do throws(MetadataRefusal) {
            try MetadataPlanner(current: known).requireUnused(leaving, by: set.objects)
        } catch {
            throw DocumentErrors([DocumentProblem(file: "", path: "", line: 0, message: error.description)])
        }
    }

    /// Makes the store what the directory says, as far as `metadata.mode` lets it, in one transaction.
    ///
    /// Objects whose document left the directory stay, unless `metadata.prune` removes them.
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
        let left = stored.filter {
            !configuration.prunes && $0.origin == MetadataOrigin.directory.rawValue && !given.contains($0.id)
        }
        try await store.replaceMetadata(
            origin: MetadataOrigin.directory.rawValue,
            with: objects + left.map { (id: $0.id, document: $0.document) },
            audit: .system("directory")
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
        let objects = try await source.current().objects
        logger.info("Metadata loaded", metadata: ["objects": "\(objects.count)"])
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
                sealSecret: source.secrets.seal,
                openSecret: source.secrets.open
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
