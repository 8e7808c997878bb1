import PostgresClient
import PostgresTesting
import SchedulerCore
import SchedulerTesting
import StorePostgres
import StoreSQLite
import StoreTesting
import Testing

/// Rows that were written before groups of work existed (runtime §7.2).
@Suite("Groups of older rows", .timeLimit(.minutes(1)))
struct GroupUpgradeTests {
    private let time = ManualTime()

    /// More requests than one transaction fills.
    private static let requests = 700

    /// More than one portion of requests that wait, one that has ended, a recurring parent with its instance.
    private static func fill(_ test: StoreUnderTest) async throws -> [JobRequest] {
        try await test.end(test.start(test.submit().id))
        for number in 0..<Self.requests {
            try await test.submit(StoreSamples.submission("Job\(number % 7)", start: test.milliseconds(60_000)))
        }
        try await test.submit(StoreSamples.recurring("FREQ=HOURLY", start: test.milliseconds(60_000)))
        return try await test.store.requests(RequestQuery(limit: 1000)).map(\.request)
    }

    /// What each request's group must be after the upgrade.
    private static func expected(_ requests: [JobRequest]) -> [Int64: String] {
        let running = requests.filter { !$0.state.isTerminal && !$0.lineage.type.isRecurringParent }
        return Dictionary(uniqueKeysWithValues: running.map { ($0.id.value, $0.workGroup.label) })
    }

    @Test("A file from before them is given them when it is opened, once, and passes leave such rows out as groups")
    func sqlite() async throws {
        let folder = try TemporaryFolder()
        let requests = try await written(in: folder)
        for _ in 0..<2 {
            try await Stores.withStore(in: folder, time: time) { store in
                #expect(try await store.integrityProblems().isEmpty)
                let first = try #require(requests.last { $0.state == .wait })
                let without = WorkClass(first.workGroup)
                time.advance(by: .seconds(3600))
                let left = try await store.transact { try $0.dispatchCandidates(limit: 1000, without: [without]) }
                #expect(!left.isEmpty && left.allSatisfy { $0.workGroup != first.workGroup })
            }
            let rows = try ForeignProgram.rows(
                of: "SELECT r.id, l.text FROM request AS r JOIN label AS l ON l.key = r.work_group",
                in: folder.database
            )
            let labels = rows.compactMap { row in Int64(row[0]).map { ($0, row[1]) } }
            #expect(Dictionary(uniqueKeysWithValues: labels) == Self.expected(requests))
        }
    }

    /// A file as the program before groups has left it.
    private func written(in folder: TemporaryFolder) async throws -> [JobRequest] {
        let store = try await SQLiteStore.open(path: folder.database, time: time)
        let requests = try await Self.fill(Stores.test(store, time))
        await store.close()
        for sql in [
            "DROP INDEX request_without_group", "DROP INDEX request_for_work_slots", "DROP INDEX request_for_starving",
            "ALTER TABLE request DROP COLUMN work_group", "ALTER TABLE request DROP COLUMN work_assignment",
            "ALTER TABLE request DROP COLUMN workshift", "ALTER TABLE request DROP COLUMN work_slot",
            "DELETE FROM label WHERE text LIKE 'work' || char(31) || '%'",
            "DELETE FROM grdb_migrations WHERE identifier IN ('0008-work', '0013-groups')",
        ] {
            _ = try ForeignProgram.rows(of: sql, in: folder.database)
        }
        return requests
    }

    @Test("Rows of a PostgreSQL schema from before them are given them by the node that opens it")
    func postgres() async throws {
        let schema = try PrivatePostgres.shared().schema()
        var requests: [JobRequest] = []
        try await Stores.withPostgres(in: schema, time: time) { store in
            requests = try await Self.fill(Stores.test(store, time))
        }
        let admin = try schema.connectHere()
        try admin.execute("UPDATE request_course SET work_group = NULL")
        try await Stores.withPostgres(in: schema, time: time) { _ in }
        let found = try admin.query(
            .once(
                """
                SELECT c.id, l.text FROM request_course AS c LEFT JOIN label AS l ON l.key = c.work_group ORDER BY c.id
                """
            )
        ).rows { ($0.integer(), $0.optionalText()) }
        let labelled = found.compactMap { id, label in label.map { (id, $0) } }
        #expect(Dictionary(uniqueKeysWithValues: labelled) == Self.expected(requests))
    }
}
