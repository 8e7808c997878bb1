import SchedulerCore
import StoreSupport

extension SQLiteStore {
    /// Gives rows that are older than groups theirs, in portions, so that passes leave them out like all others.
    func fillGroups() async throws {
        while try await transact(weight: SQLiteLimits.groupsFilled, { try $0.fillGroups() }) {}
    }
}

extension SQLiteTransaction {
    /// - Returns: whether there may be more.
    fileprivate func fillGroups() throws -> Bool {
        let missing = try session.statements.statement(PollQueries.withoutGroup)
        missing.bind(SQLiteLimits.groupsFilled)
        let found = try missing.rows(session.codec.read)
        let fill = try session.statements.statement("UPDATE request SET \(RequestColumns.group) = ? WHERE id = ?")
        for request in found {
            try session.codec.bindGroup(of: request, to: fill)
            fill.bind(request.id.value)
            try session.write(fill)
        }
        return found.count == SQLiteLimits.groupsFilled
    }
}
