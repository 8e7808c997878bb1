import PostgresClient
import SchedulerCore
import StoreSupport

/// What work assignments and starvation ask of the database.
extension UnitOfWork {
    /// Whether the database has no candidate left that is of none of these classes.
    func isExhausted(without classes: Set<WorkClass>) -> Bool {
        exhausted.map { $0.isSubset(of: classes) } ?? false
    }

    func longestReady(limit: Int, without classes: Set<WorkClass>) throws -> [JobRequest] {
        let found = try ask(PollQueries.longestReady, limit: limit, without: classes).stored(session.codec.read)
        return try withLockedTrees(note(found)).sorted {
            ($0.readyTime?.milliseconds ?? .max, $0.id.value) < ($1.readyTime?.milliseconds ?? .max, $1.id.value)
        }
    }

    func inUse(_ slots: [WorkSlot]) throws -> [WorkSlot: Int] {
        let keys = try slots.map { ($0, try session.labels.key(of: $0.label)) }.sorted { $0.1 < $1.1 }
        let parameter = keys.map(\.1)
        // A statement sees what was committed before it began: the count comes after the lock.
        let results = try send(
            flushing() + [
                .init(WriteStatements.lockSlots) { $0.append(array: parameter) },
                .init(PollQueries.slotUse) { $0.append(array: parameter) },
            ]
        )
        let counts = try results[results.count - 1].rows { ($0.integer(), Int(clamping: $0.integer())) }
        let byKey = Dictionary(uniqueKeysWithValues: counts)
        return Dictionary(uniqueKeysWithValues: keys.map { ($0.0, byKey[$0.1] ?? 0) })
    }
}
