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
}
