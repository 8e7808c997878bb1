package import SchedulerCore

/// What documents would change about the stored objects (administration §2).
package struct MetadataPlan: Hashable, Sendable {
    package enum Action: String, CaseIterable, Hashable, Sendable {
        case create
        case update
        case delete
        case none
    }

    /// What becomes of one object.
    package struct Item: Hashable, Sendable {
        package let id: MetadataObjectID
        package let action: Action
        /// As it is stored; nil where it is created.
        package let before: MetadataObject?
        /// With the secrets that the document left out; nil where it is deleted.
        package let after: MetadataContent?

        init(_ action: Action, before: MetadataObject?, after: MetadataContent?, id: MetadataObjectID) {
            self.id = id
            self.action = action
            self.before = before
            self.after = after
        }

        /// Version that the plan is made on; 0 = there is no such object.
        package var baseVersion: Int { before?.version ?? 0 }

        /// Without any secret.
        package var differences: [MetadataDifference] {
            action == .none ? [] : MetadataDifference.between(before?.content, after)
        }
    }

    /// Documents in their order, then what is deleted, by id.
    package let items: [Item]
    package let warnings: [DocumentProblem]

    package var hasChanges: Bool { items.contains { $0.action != .none } }
}
