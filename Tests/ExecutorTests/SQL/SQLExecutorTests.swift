import Executors
import PostgresClient
import PostgresTesting
import SchedulerCore
import Testing

@Suite("A SQL job", .timeLimit(.minutes(2)))
struct SQLExecutorTests {
    private static let table = "CREATE TABLE seen (what text);"

    private static func text(_ result: InvocationResult) -> String? {
        guard case .ended(.systemError(.processSystemError, let text, _, _)) = result else { return nil }
        return text
    }

    @Test("calls its procedure with its arguments as texts, one that is left out as NULL, and commits")
    func procedure() async throws {
        let setUp = """
            \(Self.table)
            CREATE PROCEDURE post(a text, b text, c text) LANGUAGE sql AS $$
                INSERT INTO seen VALUES (a || '/' || coalesce(b, 'none') || '/' || c) $$;
            CREATE SCHEMA IF NOT EXISTS "Odd.Schema";
            CREATE OR REPLACE PROCEDURE "Odd.Schema"."do ""it""(" () LANGUAGE sql AS $$ SELECT 1 $$;
            """
        try await SQLBench.run(setUp: setUp) { bench in
            let result = await bench.execute([
                ("SYS_procedureName", "post"), ("submit.argument1", "'; DROP TABLE seen; --"),
                ("submit.argument3", "${ESS_REQ:submitter}"), ("other", "x"),
            ])
            #expect(result == .ended(.success))
            let rows = try bench.texts("SELECT what FROM seen")
            #expect(rows == ["'; DROP TABLE seen; --/none/anna"])
            let odd = #""Odd.Schema"."do ""it""(""#
            #expect(await bench.execute([("SYS_procedureName", odd)]) == .ended(.success))
        }
    }

    @Test(
        "takes nothing but a name as its procedure",
        arguments: [
            "post(1); DROP TABLE seen", "post()", "a.b.c.d", "", ".", "a.", "\"open", "\"\"", "a b", "1a", "a\"b\"",
        ]
    )
    func badName(_ name: String) async throws {
        try await SQLBench.run { bench in
            let result = await bench.execute([("SYS_procedureName", name)])
            #expect(Self.text(result) != nil, "\(result)")
        }
    }

    @Test("binds the tokens of its text as parameters, each once, and never as SQL")
    func text() async throws {
        try await SQLBench.run(setUp: Self.table) { bench in
            let sql = """
                INSERT INTO seen SELECT ${ESS_REQ:region} || ${ESS_REQ:requestId} || ${ESS_REQ:region} || '$${x}'
                WHERE ${ESS_REQ:requestId}::int = 7
                """
            let result = await bench.run(sql, [("region", "'); DROP TABLE seen; --")])
            #expect(result == .ended(.success))
            let value = "'); DROP TABLE seen; --"
            let rows = try bench.texts("SELECT what FROM seen")
            #expect(rows == ["\(value)7\(value)${x}"])
            #expect(Self.text(await bench.run("SELECT ${ESS_REQ:nobody}")) != nil)
            #expect(Self.text(await bench.run("INSERT INTO seen VALUES ('a'); DELETE FROM seen")) != nil)
            let kept = try bench.texts("SELECT what FROM seen")
            #expect(kept.count == 1)
        }
    }

    @Test(
        "ends as its first row says, its transaction committed",
        arguments: [
            ("SUCCESS", ExecutableOutcome.success), ("WARNING", .warning(text: "said")),
            ("ERROR", .systemError("said")), ("BUSINESS_ERROR", .businessError(text: "said")),
            ("CANCEL", .cancelled(text: "said")), ("PAUSE", .paused(state: "said")),
        ]
    )
    func status(status: String, outcome: ExecutableOutcome) async throws {
        try await SQLBench.run(setUp: Self.table) { bench in
            let sql = """
                WITH made AS (INSERT INTO seen VALUES ('done') RETURNING what)
                SELECT 1 AS n, '\(status)' AS execution_status, 'said' AS status_message FROM made
                """
            #expect(await bench.run(sql) == .ended(outcome))
            let rows = try bench.texts("SELECT what FROM seen")
            #expect(rows == ["done"])
        }
    }

    @Test("succeeds without row, with a NULL status and with other columns; an unknown status is an error")
    func otherRows() async throws {
        try await SQLBench.run { bench in
            for sql in ["SELECT 1 WHERE false", "SELECT NULL::text AS execution_status", "SELECT 'ERROR' AS status"] {
                #expect(await bench.run(sql) == .ended(.success), "\(sql)")
            }
            for status in ["SUSPEND", "UPDATE", "success", ""] {
                let result = await bench.run("SELECT '\(status)' AS execution_status")
                guard case .ended(.systemError(.processUnknownStatus, _, _, _)) = result else {
                    Issue.record("\(status) gave \(result)")
                    continue
                }
            }
        }
    }

    @Test("fails by its SQLSTATE: ESB01 for reasons of business, ESC01 cancelled, else a system error; all rolled back")
    func errors() async throws {
        let setUp = """
            \(Self.table)
            CREATE PROCEDURE fail(state text, words text) LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO seen VALUES ('half');
                RAISE EXCEPTION USING ERRCODE = state, MESSAGE = words;
            END $$;
            """
        try await SQLBench.run(setUp: setUp) { bench in
            func fail(_ state: String) async -> InvocationResult {
                await bench.execute([
                    ("SYS_procedureName", "fail"), ("submit.argument1", state), ("submit.argument2", "so it is"),
                ])
            }
            #expect(await fail("ESB01") == .ended(.businessError(text: "so it is")))
            #expect(await fail("ESC01") == .ended(.cancelled(text: "so it is")))
            #expect(Self.text(await fail("P0001")) == "so it is (SQLSTATE P0001)")
            #expect(Self.text(await bench.run("SELECT 1/0"))?.contains("22012") == true)
            #expect(Self.text(await bench.run("SELEKT"))?.contains("42601") == true)
            let rows = try bench.texts("SELECT what FROM seen")
            #expect(rows == [])
        }
    }

    @Test("writes notices to the log of its request, by its level, and names itself to the database")
    func notices() async throws {
        let setUp = """
            CREATE PROCEDURE talk() LANGUAGE plpgsql AS $$ BEGIN
                RAISE NOTICE 'I am %', current_setting('application_name');
                RAISE WARNING 'careful';
            END $$;
            """
        try await SQLBench.run(poolSize: 1, setUp: setUp) { bench in
            #expect(await bench.execute([("SYS_procedureName", "talk")]) == .ended(.success))
            #expect(bench.content.lines == ["7 INFO I am escapement/7", "7 WARNING careful"])
            let quiet = [("SYS_procedureName", "talk"), ("SYS_EXT_requestLogLevel", "WARNING")]
            #expect(await bench.execute(quiet.map { ($0.0, Optional($0.1)) }) == .ended(.success))
            #expect(bench.content.lines.count == 3)
            let sql = "SELECT 'WARNING' AS execution_status, current_setting('application_name') AS status_message"
            #expect(await bench.run(sql) == .ended(.warning(text: "escapement/7")))
        }
    }

    @Test("needs a data source that there is, and something to run")
    func settings() async throws {
        try await SQLBench.run { bench in
            for source in ["payroll", "", nil] {
                let invocation = Fixture.invocation(
                    .sql,
                    [("SYS_EXT_dataSource", source), ("SYS_EXT_sqlText", "SELECT 1")]
                )
                #expect(Self.text(await bench.executor.execute(invocation))?.contains("data source") == true)
            }
            #expect(Self.text(await bench.execute([])) == "Neither SYS_procedureName nor SYS_EXT_sqlText is set.")
        }
    }

    @Test("that is cancelled has its statement ended by the server, and everything rolled back")
    func cancel() async throws {
        try await SQLBench.run(setUp: Self.table) { bench in
            let control = InvocationControl { _ in true }
            let sql = "WITH made AS (INSERT INTO seen VALUES ('half') RETURNING 1) SELECT pg_sleep(600) FROM made"
            async let result = bench.executor.execute(
                bench.invocation([("SYS_EXT_sqlText", sql)], control: control)
            )
            try await bench.until(
                "SELECT FROM pg_locks WHERE relation = 'seen'::regclass AND mode = 'RowExclusiveLock'"
            )
            control.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            #expect(await result == .endedByServer)
            let rows = try bench.texts("SELECT what FROM seen")
            #expect(rows == [])
            #expect(await bench.run("SELECT 1") == .ended(.success), "its connection is used on")
        }
    }

    @Test("that does not hear of its cancel loses its connection when the grace is over")
    func sever() async throws {
        let setUp = """
            \(Self.table)
            CREATE PROCEDURE stubborn() LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO seen VALUES ('half');
                LOOP
                    BEGIN
                        PERFORM pg_sleep(600);
                    EXCEPTION WHEN query_canceled THEN
                        PERFORM 1;
                    END;
                END LOOP;
            END $$;
            """
        try await SQLBench.run(poolSize: 1, setUp: setUp) { bench in
            let control = InvocationControl { _ in true }
            async let result = bench.executor.execute(
                bench.invocation([("SYS_procedureName", "stubborn")], control: control)
            )
            try await bench.until(
                "SELECT FROM pg_locks WHERE relation = 'seen'::regclass AND mode = 'RowExclusiveLock'"
            )
            control.stop(StopDemand(reason: .cancel, grace: .seconds(5)))
            #expect(await bench.clock.sleeps.next() == .seconds(5))
            bench.clock.advance(by: .seconds(5))
            #expect(await result == .endedByServer)
            // The session itself lives as long as its code does not look at the connection.
            try bench.schema.connect().execute(
                "SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l WHERE l.relation = 'seen'::regclass"
            )
            #expect(await bench.run("SELECT 1") == .ended(.success))
        }
    }

    @Test("that waits for a connection gives up at once when it is cancelled")
    func waiting() async throws {
        try await SQLBench.run(poolSize: 1, setUp: Self.table) { bench in
            let first = InvocationControl { _ in true }
            let second = InvocationControl { _ in true }
            let sleep = "WITH made AS (INSERT INTO seen VALUES ('x') RETURNING 1) SELECT pg_sleep(600) FROM made"
            async let holder = bench.executor.execute(
                bench.invocation([("SYS_EXT_sqlText", sleep)], control: first)
            )
            try await bench.until(
                "SELECT FROM pg_locks WHERE relation = 'seen'::regclass AND mode = 'RowExclusiveLock'"
            )
            async let waiter = bench.executor.execute(
                bench.invocation([("SYS_EXT_sqlText", "SELECT 1")], control: second)
            )
            second.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            #expect(await waiter == .endedByServer)
            first.stop(StopDemand(reason: .cancel, grace: .seconds(10)))
            #expect(await holder == .endedByServer)
        }
    }
}
