package import SchedulerCore

/// A store that one test has for itself.
package struct OwnStore: Sendable {
    package let store: any SchedulerStore
    package let witness: any StoreWitness
    /// Takes away what is left of it once it is closed.
    private let removeRest: @Sendable () throws -> Void

    init(
        _ store: any SchedulerStore,
        _ witness: any StoreWitness,
        removeRest: @escaping @Sendable () throws -> Void = {}
    ) {
        self.store = store
        self.witness = witness
        self.removeRest = removeRest
    }

    func remove() async throws {
        await store.close()
        try removeRest()
    }
}
