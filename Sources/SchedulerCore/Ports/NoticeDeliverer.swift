/// Brings an event to its receiver.
package protocol NoticeDeliverer: Sendable {
    /// Tries once, within a limit of time of its own.
    ///
    /// - Parameter delivery: what is told, and to whom.
    /// - Returns: what came of it; a deliverer has no other way to fail.
    func deliver(_ delivery: DueDelivery) async -> DeliveryOutcome
}
