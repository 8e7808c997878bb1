/// One object's part in a change of the metadata.
package struct MetadataChange: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// The object is what the document says; without one of its id it is created.
        case put(document: String, origin: String)
        case delete
        /// A property gets a value of its own; nil = none any more.
        case customize(property: String, value: String?)
    }

    package let id: String
    package let action: Action
    /// Version that the object must be at, 0 = there must be none; nil = any.
    package let base: Int?
    /// For the audit trail: what it changes, without secrets; nil where nobody has compared.
    package let diff: String?

    package init(_ id: String, _ action: Action, base: Int? = nil, diff: String? = nil) {
        self.id = id
        self.action = action
        self.base = base
        self.diff = diff
    }
}

/// A change of the metadata, done whole or not at all.
package struct MetadataChangeSet: Hashable, Sendable {
    /// Carried out in this order.
    package var changes: [MetadataChange]
    /// Revision that all metadata must be at, so that what was checked beside it still is beside it; nil = any.
    package var revision: Int64?
    /// Kept with the new versions.
    package var comment: String?

    package init(_ changes: [MetadataChange], revision: Int64? = nil, comment: String? = nil) {
        self.changes = changes
        self.revision = revision
        self.comment = comment
    }
}

/// What became of one part of a change.
package struct MetadataOutcome: Hashable, Sendable {
    /// The raw value is the action of the audit record.
    package enum Kind: String, Hashable, Sendable {
        case created = "create"
        case updated = "update"
        case deleted = "delete"
        case customized = "customize"
        /// It was so already; nothing was written.
        case unchanged = "none"
    }

    package let id: String
    package let kind: Kind
    /// Of the object afterwards; 0 = there is none.
    package let version: Int

    package init(_ id: String, _ kind: Kind, version: Int) {
        self.id = id
        self.kind = kind
        self.version = version
    }
}

/// The metadata is not what a change was made for; nothing was written.
package enum MetadataConflict: StoreRefusal, Hashable {
    /// An object is not at the version that the change names.
    case movedOn(id: String, base: Int, current: Int)
    /// All metadata is not at the revision that the change names: to be decided anew.
    case stale
}
