/// What a request must have to run, so that nothing incompatible runs beside it (runtime §7.1).
package struct LockToken: Hashable, Sendable {
    package let key: LockKey
    /// Definition or set that takes part in the incompatibility.
    package let entity: MetadataObjectID
    /// Whether two requests of the entity conflict, too.
    package let isSelfIncompatible: Bool

    package init(_ key: LockKey, entity: MetadataObjectID, isSelfIncompatible: Bool = false) {
        self.key = key
        self.entity = entity
        self.isSelfIncompatible = isSelfIncompatible
    }

    /// Whether two requests that are no relatives may not have these at the same time.
    package func conflicts(with other: LockToken) -> Bool {
        key == other.key && (entity != other.entity || isSelfIncompatible)
    }
}
