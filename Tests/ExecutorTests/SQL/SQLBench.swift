import Executors
import Logging
import PostgresClient
import PostgresTesting
import SchedulerCore

/// A SQL executor on a schema of its own.
struct SQLBench {
    let executor: SQLExecutor
    let schema: TestSchema
    let content: RecordingContent
    let clock: TestClock

    /// Lends a bench and closes its connections.
    static func run(
        poolSize: Int = 2,
        setUp: String = "",
        content: RecordingContent = RecordingContent(),
        logger: Logger = silentLogger,
        _ body: (SQLBench) async throws -> Void
    ) async throws {
        let schema = try PrivatePostgres.shared().schema("job")
        if !setUp.isEmpty { try schema.connect().execute(setUp) }
        let sources = try SQLDataSources(["ledger": SQLDataSources.Source(schema.options, poolSize: poolSize)])
        let clock = TestClock()
        let executor = SQLExecutor(sources: sources, content: content, time: clock, logger: logger)
        do {
            try await body(SQLBench(executor: executor, schema: schema, content: content, clock: clock))
        } catch {
            await sources.close()
            throw error
        }
        await sources.close()
    }

    func invocation(
        _ values: [(String, String?)],
        control: InvocationControl = InvocationControl { _ in true }
    ) -> Invocation {
        Fixture.invocation(.sql, [("SYS_EXT_dataSource", "ledger")] + values, control: control)
    }

    func execute(_ values: [(String, String?)]) async -> InvocationResult {
        await executor.execute(invocation(values))
    }

    /// Runs a statement as SYS_EXT_sqlText.
    func run(_ sql: String, _ values: [(String, String?)] = []) async -> InvocationResult {
        await execute([("SYS_EXT_sqlText", sql)] + values)
    }

    /// The texts of the first column.
    func texts(_ sql: String) throws -> [String] {
        try schema.connect().query(.once(sql)).rows { $0.text() }
    }

    /// Returns once the statement finds something.
    func until(_ sql: String) async throws {
        let connection = try schema.connect()
        while try connection.query(.once(sql)).rowCount == 0 { await Task.yield() }
    }
}
