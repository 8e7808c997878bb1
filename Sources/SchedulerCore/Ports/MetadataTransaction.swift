/// What a store does for a change of metadata, inside one of its transactions: small verbs without decisions of their
/// own.
package protocol MetadataTransaction: CallTransaction {
    /// Store time of the transaction.
    var now: Timestamp { get }

    /// Keeps all others from changing metadata until the end of the transaction.
    ///
    /// - Returns: the revision.
    mutating func lock() throws -> Int64

    /// The objects of those ids that exist, by id.
    mutating func objects(_ ids: [String]) throws -> [String: StoredMetadata]

    /// The newest version that the history has of each id, by id.
    mutating func newestVersions(_ ids: [String]) throws -> [String: Int]

    /// Creates or replaces rows, each id once; customised properties are not among what is written.
    mutating func write(_ objects: [StoredMetadata]) throws

    /// Adds versions to the history and drops those of their objects that are `kept` or more older.
    mutating func append(_ versions: [StoredMetadataVersion], kept: Int) throws

    /// Removes objects with their customised properties; their history stays.
    mutating func remove(_ ids: [String]) throws

    /// Sets or, with nil, removes a customised property of an object.
    mutating func customize(_ id: String, property: String, value: String?) throws

    mutating func raiseRevision() throws

    mutating func append(_ record: AuditRecord) throws
}
