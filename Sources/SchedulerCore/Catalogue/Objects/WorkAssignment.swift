/// Which requests certain nodes work on, and when (administration §1.1, §4).
package struct WorkAssignment: Hashable, Sendable {
    package let id: MetadataObjectID
    package var displayName: String?
    package var description: String?
    /// Which requests; nil = all.
    package var specialization: Specialization?
    package var workshifts: [MetadataObjectID]
    package var isActive: Bool
    /// At most one for each node name.
    package var bindings: [WorkBinding]

    package init(
        id: MetadataObjectID,
        displayName: String? = nil,
        description: String? = nil,
        specialization: Specialization? = nil,
        workshifts: [MetadataObjectID] = [],
        isActive: Bool = true,
        bindings: [WorkBinding] = []
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.specialization = specialization
        self.workshifts = workshifts
        self.isActive = isActive
        self.bindings = bindings
    }

    /// Whether requests with these facts are among those it is for.
    package func accepts(_ facts: SpecializationFacts) -> Bool { specialization?.matches(facts) ?? true }

    /// The binding to a node, one that names it before one to all; nil if there is none.
    package func binding(to node: String) -> WorkBinding? {
        bindings.first { $0.node == node } ?? bindings.first { $0.node == WorkBinding.everyNode }
    }
}

/// That a node works for an assignment.
package struct WorkBinding: Hashable, Sendable {
    package enum Scope: String, CaseIterable, Hashable, Sendable {
        case standard
        /// The requests of the assignment run nowhere else.
        case exclusive
    }

    /// Stands for the names of all nodes.
    package static let everyNode = "*"

    /// Name of a node, or `everyNode`.
    package var node: String
    package var scope: Scope
    package var isEnabled: Bool

    package init(node: String, scope: Scope = .standard, isEnabled: Bool = true) {
        self.node = node
        self.scope = scope
        self.isEnabled = isEnabled
    }
}
