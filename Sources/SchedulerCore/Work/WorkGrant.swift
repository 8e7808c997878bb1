/// Under what a request was started: recorded on it.
package struct WorkGrant: Hashable, Sendable {
    package let assignment: MetadataObjectID
    /// Nil for the built-in assignment of new nodes, which has none.
    package let workshift: MetadataObjectID?

    package init(assignment: MetadataObjectID, workshift: MetadataObjectID?) {
        self.assignment = assignment
        self.workshift = workshift
    }
}

/// What `asyncJavaLimit` and `plsqlLimit` count: one number in the cluster for each assignment, shift and kind.
package struct WorkSlot: Hashable, Sendable {
    package let assignment: MetadataObjectID
    package let workshift: MetadataObjectID
    package let kind: WorkLimitKind

    package init(assignment: MetadataObjectID, workshift: MetadataObjectID, kind: WorkLimitKind) {
        self.assignment = assignment
        self.workshift = workshift
        self.kind = kind
    }

    /// One text for all of it: what stores keep.
    package var label: String { "\(kind.rawValue) \(workshift) \(assignment)" }
}
