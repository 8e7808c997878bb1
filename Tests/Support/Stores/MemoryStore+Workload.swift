package import SchedulerCore

extension MemoryStore: WorkloadStore {
    package func slotsInUse(_ slots: [WorkSlot]) async throws -> [WorkSlot: Int] {
        let running = snapshot.requests.values.compactMap(\.workSlot)
        return Dictionary(slots.map { slot in (slot, running.count { $0 == slot }) }) { first, _ in first }
    }
}
