package import SchedulerCore

extension MemoryStore {
    package func slotsInUse(_ slots: [WorkSlot]) async throws -> [WorkSlot: Int] {
        let running = snapshot.requests.values.compactMap(\.workSlot)
        return Dictionary(slots.map { slot in (slot, running.count { $0 == slot }) }) { first, _ in first }
    }

    package func threadsInUse() async throws -> [NodeID: [MetadataObjectID?: Int]] {
        var used: [NodeID: [MetadataObjectID?: Int]] = [:]
        for request in snapshot.requests.values {
            if let node = request.owner { used[node, default: [:]][request.workAssignment, default: 0] += 1 }
        }
        return used
    }
}
