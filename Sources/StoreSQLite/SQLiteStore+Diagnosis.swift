package import SchedulerCore
import StoreSupport

extension SQLiteStore {
    /// Calls that wait for the writer.
    package var waitingWrites: Int { writer.waiting }

    /// The statement that a list is answered with, its values left open.
    package static func listStatement(_ query: RequestQuery) -> String { CompiledQuery(query, in: .sqlite).text.sql }

    /// The statements that a forecast is read with, their values left open.
    package static func forecastStatements(_ query: ForecastQuery) -> [(sql: String, index: String)] {
        let statements = ForecastStatements(query, in: .sqlite)
        return [
            (statements.sources(after: nil, limit: 1).sql, "request_for_forecast"),
            (statements.waiting(priority: 0, before: query.window.to, limit: 1).sql, "request_for_dispatch_waiting"),
        ]
    }

    /// SQLite's plan for a statement, one line a step.
    package func queryPlan(of sql: String) async throws -> [String] {
        try await readers.read { session in
            let statement = try session.statements.statement("EXPLAIN QUERY PLAN \(sql)")
            return try statement.rows { row in
                for _ in 0..<3 { _ = row.integer() }
                return row.text()
            }
        }
    }

    /// What SQLite finds wrong with the file; empty if nothing.
    package func integrityProblems() async throws -> [String] {
        try await readers.read { session in
            let integrity = try session.statements.statement("PRAGMA integrity_check").rows { $0.text() }
            let references = try session.statements.statement("PRAGMA foreign_key_check").rows { "row in \($0.text())" }
            return integrity.filter { $0 != "ok" } + references
        }
    }
}
