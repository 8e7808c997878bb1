import Documents
package import SchedulerCore
import Synchronization

/// All stored metadata at one revision.
package struct MetadataSnapshot: Sendable {
    /// What the store's revision was, or a later one: whoever changes metadata at it changes what is here.
    package let revision: Int64
    /// Stored objects, by id; built-in ones are in the catalogue alone.
    package let objects: [MetadataObject]
    package let catalogue: Catalogue
    /// Documents as they are stored, by id.
    package let documents: [String: String]

    /// The stored or built-in object of exactly that id.
    package func object(_ id: MetadataObjectID) -> MetadataObject? { catalogue[id] }
}

/// Reads the stored metadata of a node, and keeps the node's catalogue what the store says. Reads it again only where
/// its revision moved, and of that only what changed.
package final class MetadataSource: Sendable {
    package let store: any CatalogueStore
    package let secrets: MetadataSecrets
    private let holder: CatalogueHolder
    private let newest = Mutex<MetadataSnapshot?>(nil)

    package init(store: any CatalogueStore, secrets: MetadataSecrets, catalogue: CatalogueHolder) {
        self.store = store
        self.secrets = secrets
        holder = catalogue
    }

    /// The metadata as it is now, which is in force in this node from here on.
    ///
    /// - Returns: a snapshot.
    /// - Throws: `StoreFault`; `DocumentErrors` where an object cannot be read: the old catalogue stays.
    package func current() async throws -> MetadataSnapshot {
        // Asked first: what changes after it is of a later revision.
        let revision = try await store.metadataRevision()
        let known = newest.withLock { $0 }
        if let known, known.revision == revision { return known }
        let stored = try await store.metadata()
        let snapshot = try snapshot(of: stored, at: revision, knowing: known)
        newest.withLock { newest in
            guard (newest?.revision ?? .min) < revision else { return }
            newest = snapshot
            holder.current = snapshot.catalogue
        }
        return snapshot
    }

    private func snapshot(
        of stored: [StoredMetadata],
        at revision: Int64,
        knowing known: MetadataSnapshot?
    ) throws -> MetadataSnapshot {
        let objects = try stored.map { row in
            if let document = known?.documents[row.id], document.utf8.elementsEqual(row.document.utf8),
                let id = try? MetadataObjectID(parsing: row.id, default: .jobDefinition),
                let object = known?.object(id), let origin = MetadataOrigin(rawValue: row.origin)
            {
                return MetadataObject(object.content, origin: origin, row)
            }
            return try ObjectCodec.object(of: row, openSecret: secrets.open)
        }
        return MetadataSnapshot(
            revision: revision,
            objects: objects,
            catalogue: Catalogue(objects),
            documents: Dictionary(stored.map { ($0.id, $0.document) }) { _, last in last }
        )
    }
}
