/// What work assignments say to a request that is due, one fact for each assignment of each node that serves it
/// (runtime §7.2). Empty where some node would start it, and where nothing is bound to any node.
package enum AssignmentFact: Hashable, Sendable {
    /// No assignment that is bound to a node accepts it.
    case noneBound
    /// An assignment accepts it and is switched off, as a whole or on the node.
    case disabled(MetadataObjectID)
    /// No shift of the assignment is on; with the one that begins first, and when.
    case inactive(MetadataObjectID, workshift: MetadataObjectID?, nextWindow: Timestamp?)
    /// As many jobs of its kind run in the cluster as the shift allows.
    case asyncLimit(MetadataObjectID, workshift: MetadataObjectID?, execType: String, limit: Int, inUse: Int)
    /// All threads of the assignment's share are in use.
    case noFreeShare(MetadataObjectID, threads: Int, inUse: Int)
}
