import SchedulerCore
import StoreSupport

extension SQLiteStore {
    /// Gives rows that are older than groups theirs, in portions, so that passes leave them out like all others.
    func fillGroups() async throws {
        while try await readers.read({ try !$0.statements.withoutGroup(limit: 1).rows { _ in true }.isEmpty }) {
            try await transact(weight: SQLiteLimits.groupsFilled) { try $0.fillGroups() }
        }
    }
}

extension SQLiteTransaction {
    fileprivate func fillGroups() throws {
        let found = try session.statements.withoutGroup(limit: SQLiteLimits.groupsFilled).rows(session.codec.read)
        let fill = try session.statements.statement("UPDATE request SET \(RequestColumns.group) = ? WHERE id = ?")
        for request in found {
            try session.codec.bindGroup(of: request, to: fill)
            fill.bind(request.id.value)
            try session.write(fill)
        }
    }
}

extension StatementCache {
    fileprivate func withoutGroup(limit: Int) throws -> SQLiteStatement {
        let statement = try statement(PollQueries.withoutGroup)
        statement.bind(limit)
        return statement
    }
}
