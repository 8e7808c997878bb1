import SchedulerCore
import SchedulerTesting
import StoreSQLite
import StoreTesting
import Testing

/// No statement that loops or lists run again and again may walk the table.
@Suite("SQLite query plans", .timeLimit(.minutes(1)))
struct QueryPlanTests {
    @Test(
        "each poll query goes by its index and sorts nothing it need not",
        arguments: PollQuery.all + PollQuery.purge + PollQuery.locks + PollQuery.outbox + PollQuery.calls
    )
    func pollQueries(_ query: PollQuery) async throws {
        let folder = try TemporaryFolder()
        try await Stores.withStore(in: folder) { store in
            let plan = try await store.queryPlan(of: query.sql)
            for index in query.indexes {
                #expect(plan.contains { $0.contains("USING") && $0.contains(index) }, "\(plan)")
            }
            #expect(!plan.contains { $0.hasPrefix("SCAN r") && !$0.contains("USING") }, "\(plan)")
            #expect(plan.contains { $0.contains("TEMP B-TREE") } == query.sorts, "\(plan)")
        }
    }

    @Test("what lies below a request is found by an index that requests without parent are not in")
    func trees() async throws {
        let folder = try TemporaryFolder()
        let paths = [
            ("r.parent_id = ?", "request_by_parent (parent_id=?"),
            ("r.abs_parent_id = ? AND r.abs_parent_id <> r.id", "request_by_abs_parent (abs_parent_id=?"),
            (
                "r.instance_parent_id = ? AND r.instance_parent_id <> r.id AND r.instance_parent_id <> 0",
                "request_by_instance_parent (instance_parent_id=?"
            ),
        ]
        try await Stores.withStore(in: folder) { store in
            for (condition, index) in paths {
                let plan = try await store.queryPlan(
                    of: "SELECT r.state FROM request AS r WHERE \(condition) ORDER BY r.id"
                )
                #expect(plan.count == 1 && plan.allSatisfy { $0.contains(index) }, "\(plan)")
            }
        }
    }

    @Test("a forecast goes by its indexes, in order")
    func forecast() async throws {
        let folder = try TemporaryFolder()
        let window = try ForecastWindow(from: Timestamp(milliseconds: 0), to: Timestamp(milliseconds: 1))
        let anna = RequestFilter.comparison(.submitter, .equal, .text("anna"))
        try await Stores.withStore(in: folder) { store in
            for visibility in [nil, anna] {
                let query = ForecastQuery(window: window, visibility: visibility)
                for (sql, index) in SQLiteStore.forecastStatements(query) {
                    let plan = try await store.queryPlan(of: sql)
                    #expect(plan.contains { $0.hasPrefix("SEARCH r ") && $0.contains(index) }, "\(plan)")
                    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
                }
            }
        }
    }

    @Test("C29 C33 documented access paths, with what the reader may see, go by an index")
    func lists() async throws {
        let folder = try TemporaryFolder()
        try await Stores.withStore(in: folder) { store in
            for path in AccessPath.all {
                let plan = try await store.queryPlan(of: SQLiteStore.listStatement(path.query))
                for index in path.sqlite { #expect(plan.contains { $0.contains(index) }, "\(path): \(plan)") }
                // In the order of its numbers the table itself is an index: all are listed so.
                #expect(path.isWhole || !plan.contains { $0.hasPrefix("SCAN r") }, "\(path): \(plan)")
                #expect(plan.contains { $0.contains("TEMP B-TREE") } == path.sorts, "\(path): \(plan)")
            }
        }
    }
}
