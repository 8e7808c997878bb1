import SchedulerTesting

/// All that a store holds, to be compared with what it held before.
package struct StoreContent: Equatable, Sendable {
    /// The rows of each table, each as a text, in a fixed order.
    var tables: [String: [String]] = [:]
    /// What the memory store has in their place.
    var model: MemoryContent?
}
