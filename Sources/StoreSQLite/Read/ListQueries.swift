import SchedulerCore
import StoreSupport

/// The statements behind lists and details.
enum ListQueries {
    /// One request with its side data; a deleted one does not exist for readers.
    static let request = """
        SELECT \(RequestColumns.selection), d.callback, d.parameters, \(RequestColumns.plan)
        FROM request AS r LEFT JOIN request_detail AS d ON d.id = r.id
        WHERE r.id = ? AND r.deleted_time IS NULL
        """

    static let history = """
        SELECT \(TransitionStep.columns) FROM history WHERE request_id = ? ORDER BY step
        """

    /// Index `schedule_skip_by_request`.
    static let skips = """
        SELECT \(SkipRecord.columns) FROM schedule_skip WHERE request_id = ? ORDER BY first_instant
        """

    /// Index `audit_by_target`.
    static let auditTrail = """
        SELECT \(AuditRecord.columns)
        FROM audit WHERE target_kind = ? AND target_id = ? ORDER BY id
        """

    static func run(_ query: RequestQuery, in session: ReadSession) throws -> [RequestDetail] {
        let compiled = CompiledQuery(query, in: .sqlite).text
        let statement = try session.statements.statement(compiled.sql)
        for value in compiled.values { statement.bind(value) }
        let found = try statement.rows { try session.detail($0, parameters: query.includesParameters) }
        return CompiledQuery.page(found, of: query)
    }
}

extension SQLiteStatement {
    func bind(_ value: SQLValue) {
        switch value {
        case .integer(let number): bind(number)
        case .text(let text): bind(text)
        case .integers(let numbers): bind("[\(numbers.map { String($0) }.joined(separator: ","))]")
        }
    }
}
