import PostgresClient
package import SchedulerCore
import StoreSupport

extension PostgresStore {
    /// PostgreSQL's plan for a poll query, one line a step, as the sessions that run it plan it.
    package func queryPlan(of query: PostgresPollQuery) async throws -> [String] {
        let sql = query.statement.sql
        let values = query.values.isEmpty ? "" : "(\(query.values))"
        let explained: @Sendable (PostgresConnection) throws -> [String] = { connection in
            try connection.execute("PREPARE explained AS \(sql)")
            let plan = try connection.query(.once("EXPLAIN EXECUTE explained\(values)")).rows { $0.text() }
            try connection.execute("DEALLOCATE explained")
            return plan
        }
        if query.isWriters { return try await transact { try explained($0.work.session.connection) } }
        return try await readers.read { try explained($0.connection) }
    }

    /// PostgreSQL's plans for the statements that a forecast is read with, and the index of each.
    package func queryPlans(of query: ForecastQuery) async throws -> [(plan: [String], index: String)] {
        let statements = ForecastStatements(query, in: .postgres)
        let texts = [
            (statements.sources(after: nil, limit: 100), "request_for_forecast"),
            (statements.waiting(priority: 4, before: query.window.to, limit: 100), "request_for_due_waiting"),
        ]
        return try await readers.read { session in
            try texts.map { text, index in
                (try session.rows(text.wrapped("EXPLAIN ")) { $0.text() }, index)
            }
        }
    }

    /// PostgreSQL's plan for a list.
    package func queryPlan(of query: RequestQuery) async throws -> [String] {
        try await readers.read { session in
            let (statement, parameters) = ReadSession.statement(query, prefix: "EXPLAIN ")
            return try session.connection.query(statement, parameters).rows { $0.text() }
        }
    }
}

extension PostgresTransaction {
    /// Runs SQL in the transaction, behind the back of what it knows.
    package func execute(_ sql: String) throws {
        try work.session.connection.execute(sql)
        work.noteWrite()
    }
}

/// A poll query with what its plan must be.
package struct PostgresPollQuery: Sendable, CustomStringConvertible {
    package let description: String
    let statement: PostgresStatement
    /// Values for its parameters, as SQL.
    let values: String
    /// Indexes it goes by.
    package let indexes: [String]
    /// Whether it sorts what it finds.
    package let sorts: Bool
    /// Whether writers ask it.
    let isWriters: Bool

    init(
        _ description: String,
        _ statement: PostgresStatement,
        _ values: String = "",
        by indexes: [String],
        sorts: Bool = false,
        isWriters: Bool = true
    ) {
        self.description = description
        self.statement = statement
        self.values = values
        self.indexes = indexes
        self.sorts = sorts
        self.isWriters = isWriters
    }

    package static let all = [
        PostgresPollQuery(
            "dispatch",
            PollQueries.dispatch,
            "1, 100, '{7}'",
            by: ["request_for_dispatch", "request_fact_pkey", "request_detail_pkey"]
        ),
        PostgresPollQuery(
            "dueWaiting",
            PollQueries.dueWaiting,
            "1, 100, '{7}'",
            by: ["request_for_due_waiting", "request_fact_pkey"]
        ),
        PostgresPollQuery("longestReady", PollQueries.longestReady, "1, 100, '{7}'", by: ["request_for_starving"]),
        PostgresPollQuery("slotUse", PollQueries.slotUse, "'{1,2}'", by: ["request_for_work_slots"]),
        PostgresPollQuery(
            "threadUse",
            PollQueries.threadUse,
            by: ["request_for_attempts"],
            sorts: true,
            isWriters: false
        ),
        PostgresPollQuery(
            "usualDurations",
            PollQueries.usualDurations,
            "'{1,2}', 20",
            by: ["request_for_usual"],
            isWriters: false
        ),
        PostgresPollQuery(
            "withoutGroup",
            PollQueries.withoutGroup,
            "1, 100",
            by: ["request_without_group", "request_fact_pkey"],
            isWriters: false
        ),
        PostgresPollQuery("dueTimers", PollQueries.dueTimers, "1, 100", by: ["request_for_timers"]),
        PostgresPollQuery(
            "locked",
            PollQueries.locked,
            "'{1,2}'",
            by: ["request_course_pkey", "request_fact_pkey"]
        ),
        PostgresPollQuery(
            "lockedIfFree",
            PollQueries.lockedIfFree,
            "'{1,2}'",
            by: ["request_course_pkey", "request_fact_pkey"]
        ),
        PostgresPollQuery(
            "liveChildren",
            PollQueries.liveChildren,
            "'{1,2}'",
            by: ["request_for_live_children", "request_fact_pkey"],
            sorts: true
        ),
        PostgresPollQuery("plan", PollQueries.plan, "1", by: ["request_plan_pkey"]),
        PostgresPollQuery("parameters", PollQueries.parameters, "'{1,2}'", by: ["request_detail_pkey"]),
        PostgresPollQuery("pending", PollQueries.pending, "'{1}'", by: ["request_for_pending_check"]),
        PostgresPollQuery(
            "nextInstants",
            PollQueries.nextInstants,
            "'{7}'",
            by: ["request_for_due_waiting", "request_for_dispatch_delayed", "request_for_timers"],
            isWriters: false
        ),
        PostgresPollQuery(
            "attemptsOfNode",
            PollQueries.attemptsOfNode,
            "1, 1, 10",
            by: ["request_for_attempts"],
            sorts: true,
            isWriters: false
        ),
        PostgresPollQuery(
            "attemptsLost",
            PollQueries.attemptsLost,
            "1, 1, 10, 1",
            by: ["request_for_attempts"],
            sorts: true,
            isWriters: false
        ),
        PostgresPollQuery(
            "details",
            PollQueries.details,
            "'{1,2}'",
            by: ["request_fact_pkey", "request_course_pkey", "request_detail_pkey"],
            isWriters: false
        ),
        PostgresPollQuery("history", PollQueries.history, "1", by: ["history_pkey"], isWriters: false),
        PostgresPollQuery("auditTrail", PollQueries.auditTrail, "'a', 'b'", by: ["audit_by_target"], isWriters: false),
    ]
}
