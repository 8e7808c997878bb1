/// Where a request that has no number yet is to stand: the store makes its `Lineage` of it.
package enum Placement: Hashable, Sendable {
    /// Submitted by itself: of a type that is a root.
    case root(RequestType)
    /// Instance, step or sub-request; `step` is the name of a step in the set that is its parent.
    case child(RequestType, of: RequestID, step: String?)
    /// Sub-request of a running invocation, which its handle names (runtime §6).
    case subRequest(of: RequestID, handle: AttemptEpoch)
}
