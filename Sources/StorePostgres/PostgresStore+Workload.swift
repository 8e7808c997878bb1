import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    package func slotsInUse(_ slots: [WorkSlot]) async throws -> [WorkSlot: Int] {
        try await readers.read { session in
            var used: [WorkSlot: Int] = [:]
            var slotsByKey: [Int64: WorkSlot] = [:]
            for slot in slots {
                used[slot] = 0
                // What nothing was ever started under has no label.
                guard let key = try session.labels.existingKey(of: slot.label) else { continue }
                slotsByKey[key] = slot
            }
            let found = try session.query(PollQueries.slotUse) { $0.append(array: Array(slotsByKey.keys)) }
                .stored { (key: $0.integer(), count: $0.integer()) }
            for (key, count) in found {
                if let slot = slotsByKey[key] { used[slot] = Int(clamping: count) }
            }
            return used
        }
    }

    package func threadsInUse() async throws -> [NodeID: [MetadataObjectID?: Int]] {
        try await readers.read { session in
            let found = try session.query(PollQueries.threadUse)
                .stored { (node: $0.integer(), assignment: $0.optionalInteger(), count: $0.integer()) }
            var used: [NodeID: [MetadataObjectID?: Int]] = [:]
            for (node, assignment, count) in found {
                let node = NodeID(try session.labels.text(of: node))
                used[node, default: [:]][try assignment.map(session.labels.objectID)] = Int(clamping: count)
            }
            return used
        }
    }
}
