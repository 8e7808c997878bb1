import Foundation
import PostgresClient
import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreTesting
import Testing

/// No statement that loops or lists run again and again may walk a table.
@Suite("PostgreSQL query plans", .timeLimit(.minutes(5)))
struct PostgresPlanTests {
    /// Requests in the tables.
    private static let rows = 1_000_000

    @Test("poll queries and documented lists go by their indexes, with and without statistics")
    func plans() async throws {
        let schema = try PrivatePostgres.shared().schema()
        let admin = try schema.connectHere()
        // Made while the tables are empty: what is kept must suit full ones.
        try await Stores.withPostgres(in: schema) { try await Self.checkPolls($0) }
        try Self.fill(admin)
        try await Stores.withPostgres(in: schema) { try await Self.checkPolls($0) }
        try admin.execute("ANALYZE")
        try await Stores.withPostgres(in: schema) { store in
            try await Self.checkPolls(store)
            try await Self.checkLists(store)
        }
    }

    private static func checkPolls(_ store: PostgresStore) async throws {
        let queries =
            PostgresPollQuery.all + PostgresPollQuery.purge + PostgresPollQuery.outbox + PostgresPollQuery.calls
        for query in queries {
            let plan = try await store.queryPlan(of: query)
            let comment: Comment = "\(query): \(plan.joined(separator: "\n"))"
            for index in query.indexes { #expect(plan.contains { $0.contains("using \(index)") }, comment) }
            #expect(!plan.contains { $0.contains("Seq Scan") || $0.contains("Materialize") }, comment)
            #expect(query.sorts || !plan.contains { $0.contains("Sort") }, comment)
        }
        let window = try ForecastWindow(from: Timestamp(milliseconds: 400_000), to: Timestamp(milliseconds: 900_000))
        let user = RequestFilter.comparison(.submitter, .equal, .text("u7"))
        for visibility in [nil, user] {
            for (plan, index) in try await store.queryPlans(of: ForecastQuery(window: window, visibility: visibility)) {
                let comment: Comment = "\(plan.joined(separator: "\n"))"
                #expect(plan.contains { $0.contains("using \(index)") }, comment)
                #expect(!plan.contains { $0.contains("Seq Scan") }, comment)
            }
        }
    }

    private static func checkLists(_ store: PostgresStore) async throws {
        for path in AccessPath.all {
            let plan = try await store.queryPlan(of: path.query)
            let comment: Comment = "\(path): \(plan.joined(separator: "\n"))"
            for index in path.postgres {
                #expect(plan.contains { $0.contains("using request_") && $0.contains(index) }, comment)
            }
            #expect(!plan.contains { $0.contains("Seq Scan") }, comment)
            let sorts = path.sorts || path.sortsWindow
            // What is found by its number alone comes in no order, and needs none.
            #expect(
                sorts || plan.count { $0.contains("-> ") && $0.contains("Sort ") } <= (path.isTree ? 1 : 0),
                comment
            )
        }
    }

    /// Half of the requests ended, the others wait, some of them for a thread, a few run.
    private static func fill(_ connection: PostgresConnection) throws {
        try connection.execute(
            """
            INSERT INTO label (text) SELECT 'u' || i FROM generate_series(1, 50) AS i;
            INSERT INTO request_fact (id, abs_parent_id, instance_parent_id, submission_time, enterprise_id,
                definition, job_type, application, submitter, run_as_user, type, executor, has_cancel_call)
            SELECT i, i, i, 1000 + i, 1, 1 + i % 40, 1, 1 + i % 10, 1 + i % 50,
                CASE WHEN i % 1000 = 0 THEN 1 ELSE 1 + i % 50 END, 1, 1, 0
            FROM generate_series(1, \(rows)) AS i;
            INSERT INTO request_course (id, state_time, scheduled_time, elapsed, attempt, retried_count, definition,
                paused_count, cancel_calls, late_calls, revision, is_pending, state, priority, cause, phase,
                handle_status, is_timed_out, cancel_cause,
                dispatch_at, ready_time, timer_at, owner)
            SELECT i, 1, i, 0, 1, 0, 1 + i % 40, 0, 0, 0, 1, (s = 1)::integer, s, i % 10, 0, 0, 0, 0, 0,
                CASE WHEN s = 1 THEN i + (i % 50 = 1)::integer WHEN s = 2 THEN i END, CASE WHEN s = 2 THEN i END,
                CASE WHEN i % 100 = 0 THEN i END, CASE WHEN s = 3 THEN 1 END
            FROM (
                SELECT i, CASE WHEN i % 2 = 0 THEN 12 WHEN i % 1001 = 0 THEN 3 WHEN i % 101 = 0 THEN 2 ELSE 1 END AS s
                FROM generate_series(1, \(rows)) AS i
            ) AS numbers;
            INSERT INTO request_detail (id, parameters) SELECT i, '\\x00' FROM generate_series(1, \(rows), 3) AS i;
            INSERT INTO history (request_id, time, attempt, event, source, target)
                SELECT i, 1, 1, 1, 1, 3 FROM generate_series(1, \(rows)) AS i;
            INSERT INTO outbox (request_id, number, channel, subscriber_id, notice, status, since_time, due_time, tries)
                SELECT i, 1, i % 3, i, '\\x00', (i % 300 > 0)::integer, i, i, 0
                FROM generate_series(1, \(rows), 3) AS i;
            INSERT INTO idempotent_call (caller, call_key, fingerprint, time, answer)
                SELECT 'u' || i % 50, 'k' || i, '\\x00', i, '\\x00' FROM generate_series(1, \(rows), 3) AS i;
            """
        )
    }
}

extension TestSchema {
    /// A session in the schema, beside the store.
    func connectHere() throws -> PostgresConnection { try PostgresConnection(database) }
}
