/// What work assignments and threads say to a request that is due (runtime §7.2).
package enum AssignmentFact: Hashable, Sendable {
    /// No assignment that is bound to a node accepts it.
    case noneBound
    /// An assignment accepts it and is switched off, as a whole or on the node.
    case disabled(MetadataObjectID)
    /// No shift of the assignment is on; with the one that begins first, and when.
    case inactive(MetadataObjectID, workshift: MetadataObjectID?, nextWindow: Timestamp?)
    /// As many jobs of its kind run in the cluster as the shift allows.
    case asyncLimit(MetadataObjectID, workshift: MetadataObjectID?, execType: String, limit: Int, inUse: Int)
    /// All threads of the assignment's shares are in use; nil = those of whole nodes.
    case noFreeThread(MetadataObjectID?, threads: Int, inUse: Int)
}
