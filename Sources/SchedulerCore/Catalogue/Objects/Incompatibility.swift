/// Jobs and sets of which no two may run at the same time (administration §1.1, runtime §7.1).
package struct Incompatibility: Hashable, Sendable {
    package enum Scope: String, CaseIterable, Hashable, Sendable {
        /// Whatever their parameters.
        case global = "GLOBAL"
        /// Only where the named property of both has the same value.
        case domain = "DOMAIN"
    }

    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    package var type: Scope
    package var entities: [IncompatibleEntity]

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        type: Scope,
        entities: [IncompatibleEntity]
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.type = type
        self.entities = entities
    }

    /// The part that a definition or set has in it, nil if none.
    package func entity(_ id: MetadataObjectID) -> IncompatibleEntity? { entities.first { $0.entity == id } }
}

/// A definition or set of an incompatibility.
package struct IncompatibleEntity: Hashable, Sendable {
    package var entity: MetadataObjectID
    /// Name of the system property or parameter whose value is compared; nil in a GLOBAL incompatibility.
    package var property: String?
    /// Whether two requests of the entity itself conflict.
    package var isSelfIncompatible: Bool

    package init(entity: MetadataObjectID, property: String? = nil, isSelfIncompatible: Bool = false) {
        self.entity = entity
        self.property = property
        self.isSelfIncompatible = isSelfIncompatible
    }
}
