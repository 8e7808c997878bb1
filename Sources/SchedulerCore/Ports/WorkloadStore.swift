/// Tells what work assignments limit in the whole cluster, as it is now (administration §4).
package protocol WorkloadStore: Sendable {
    /// How many attempts each of these counts, see `JobRequest.workSlot`.
    ///
    /// - Returns: a number for each, 0 included.
    /// - Throws: `StoreFault`.
    func slotsInUse(_ slots: [WorkSlot]) async throws -> [WorkSlot: Int]

    /// How many attempts of each node hold a thread, by the assignment under which they run; nil = under none.
    ///
    /// - Throws: `StoreFault`.
    func threadsInUse() async throws -> [NodeID: [MetadataObjectID?: Int]]
}
