package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    package func slotsInUse(_ slots: [WorkSlot]) async throws -> [WorkSlot: Int] {
        try await readers.read { session in
            var used: [WorkSlot: Int] = [:]
            for slot in slots {
                used[slot] = 0
                // What nothing was ever started under has no label.
                guard let key = try session.labels.existingKey(of: slot.label) else { continue }
                let statement = try session.statements.statement(PollQueries.slotUse)
                statement.bind(key)
                used[slot] = Int(clamping: try statement.firstRow { $0.integer() } ?? 0)
            }
            return used
        }
    }

    package func threadsInUse() async throws -> [NodeID: [MetadataObjectID?: Int]] {
        try await readers.read { session in
            let found = try session.statements.statement(PollQueries.threadUse).rows { row in
                (node: row.integer(), assignment: row.optionalInteger(), count: row.integer())
            }
            var used: [NodeID: [MetadataObjectID?: Int]] = [:]
            for (node, assignment, count) in found {
                let node = NodeID(try session.labels.text(of: node))
                used[node, default: [:]][try assignment.map(session.labels.objectID)] = Int(clamping: count)
            }
            return used
        }
    }
}
