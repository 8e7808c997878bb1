import StoreSupport

/// The statements that write rows of `request`.
enum RequestStatements {
    static let insert: String = {
        let columns =
            RequestColumns.fixed + RequestColumns.policy + RequestColumns.changing + RequestColumns.derived
            + [RequestColumns.group]
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO request (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }()

    /// The guard of every write: the row is still what the decision was made for.
    static let update: String = {
        let assignments = (RequestColumns.changing + RequestColumns.derived).map { "\($0) = ?" }.joined(separator: ", ")
        return "UPDATE request SET \(assignments) WHERE id = ? AND state = ? AND epoch IS ? AND revision = ?"
    }()

    static let insertPlan = "INSERT INTO request_plan (id, plan) VALUES (?, ?)"
    static let replacePlan = "UPDATE request_plan SET plan = ? WHERE id = ?"
    /// A request without parameters and callback has no row yet.
    static let replaceParameters = """
        INSERT INTO request_detail (id, parameters) VALUES (?, ?)
        ON CONFLICT (id) DO UPDATE SET parameters = excluded.parameters
        """
    static let insertSkip = """
        INSERT INTO schedule_skip (request_id, first_instant, last_instant, instants, is_exact, reason, time)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    static let deleteDescendants = """
        UPDATE request SET deleted_time = ?1, dispatch_at = NULL WHERE abs_parent_id = ?2 AND abs_parent_id <> id
        """

    /// Of a refresh.
    static let updateFacts: String = {
        let columns = RequestColumns.fixed + [RequestColumns.group]
        return "UPDATE request SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"
    }()

    static let updatePolicy = "UPDATE request SET priority = ?, policy = ? WHERE id = ?"
}
