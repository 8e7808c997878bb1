/// Durable metadata objects as canonical documents; their meaning is the catalogue's business.
package protocol CatalogueStore: Sendable {
    /// All objects, by id.
    func metadata() async throws -> [StoredMetadata]

    /// Makes `objects` the only ones of `origin`, in one transaction.
    ///
    /// An unchanged document keeps its version, a changed one gets the next, one that left is removed. Objects of
    /// other origins stay; an id that another origin holds is taken over.
    ///
    /// - Parameters:
    ///   - origin: `BUILTIN`, `DIRECTORY`, `API` or `IMPORT`.
    ///   - objects: pairs of canonical id and canonical JSON document.
    /// - Throws: `StoreFault`; nothing is written then.
    func replaceMetadata(origin: String, with objects: [(id: String, document: String)]) async throws

    /// Creates or changes objects, in one transaction.
    ///
    /// - Parameters:
    ///   - objects: pairs of canonical id and canonical JSON document, each id once.
    ///   - origin: of all of them.
    ///   - isNewOnly: leave those alone that are stored already, of whatever origin: of many nodes that create the same
    ///     object at once, one does.
    /// - Returns: the ids of the objects that this call created or changed, sorted by their bytes.
    /// - Throws: `StoreFault`; nothing is written then.
    func putMetadata(
        _ objects: [(id: String, document: String)],
        origin: String,
        unlessPresent isNewOnly: Bool
    ) async throws -> [String]

    /// A number that grows with each change of metadata, by whichever node.
    func metadataRevision() async throws -> Int64
}

extension CatalogueStore {
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
}

/// One stored metadata object.
package struct StoredMetadata: Hashable, Sendable {
    package let id: String
    package let origin: String
    /// 1, 2, …
    package let version: Int
    /// Canonical JSON.
    package let document: String
    package let updatedTime: Timestamp

    package init(id: String, origin: String, version: Int, document: String, updatedTime: Timestamp) {
        self.id = id
        self.origin = origin
        self.version = version
        self.document = document
        self.updatedTime = updatedTime
    }
}
