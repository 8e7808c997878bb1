package import SchedulerCore

/// A request and those above it, as links need them (REST §2.4).
package struct RequestLineage: Hashable, Sendable {
    package let requestId: RequestID
    /// Nil for a root.
    package let parentRequestId: RequestID?
    /// The submitted root; a root's own id.
    package let absParentRequestId: RequestID
    /// Root of this run; nil for a recurring parent.
    package let instanceParentId: RequestID?

    package init(
        requestId: RequestID,
        parentRequestId: RequestID?,
        absParentRequestId: RequestID,
        instanceParentId: RequestID?
    ) {
        self.requestId = requestId
        self.parentRequestId = parentRequestId
        self.absParentRequestId = absParentRequestId
        self.instanceParentId = instanceParentId
    }

    /// The request that a relation points at, or to whose operation it points; nil where there is none.
    func target(of relation: LinkRelation) -> RequestID? {
        switch relation {
        case .parentRequest: parentRequestId
        case .absParentRequest: absParentRequestId
        case .instanceParent: instanceParentId
        default: requestId
        }
    }
}
