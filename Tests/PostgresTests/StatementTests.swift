import PostgresClient
import PostgresTesting
import Testing

/// Statements, transactions and their errors.
@Suite struct StatementTests {
    private let schema: TestSchema
    private let connection: PostgresConnection

    init() throws {
        schema = try PrivatePostgres.shared().schema()
        connection = try schema.connect()
    }

    @Test("Rows that were met are counted")
    func affectedRows() throws {
        try connection.execute("CREATE TABLE t (a int8); INSERT INTO t VALUES (1), (2), (3)")
        #expect(try connection.run("UPDATE t SET a = a + 1 WHERE a > $1", parameters { $0.append(1) }) == 2)
        #expect(try connection.run("DELETE FROM t WHERE a = 99") == 0)
        #expect(try connection.query("SELECT a AS x, a AS y FROM t").columnNames == ["x", "y"])
        #expect(try connection.query("SELECT a FROM t WHERE false").firstRow { $0.integer() } == nil)
    }

    @Test("A statement is prepared once a connection, and one of the moment not at all")
    func preparedOnce() throws {
        for value in 1...3 as ClosedRange<Int64> {
            #expect(
                try connection.query("SELECT $1 + 1", parameters { $0.append(value) }).firstRow { $0.integer() }
                    == value + 1
            )
            _ = try connection.query(.once("SELECT $1 + 2"), parameters { $0.append(value) })
        }
        #expect(try connection.integer("SELECT count(*) FROM pg_prepared_statements") == 1)
    }

    @Test("A prepared statement is not run with parameters of other types")
    func otherTypes() throws {
        _ = try connection.query("SELECT $1", parameters { $0.append(1 as Int64) })
        let error = postgresError { _ = try connection.query("SELECT $1", parameters { $0.append("1") }) }
        #expect(error?.cause == .misuse)
    }

    @Test("More statements than are kept make room, and all still work")
    func manyStatements() throws {
        for number in 0..<(PostgresLimits.preparedStatementsMax + 2) {
            #expect(
                try connection.query(PostgresStatement("SELECT \(number)")).firstRow { $0.integer() } == Int64(number)
            )
        }
        #expect(try connection.query("SELECT 0").firstRow { $0.integer() } == 0)
        let kept = try #require(try connection.integer("SELECT count(*) FROM pg_prepared_statements"))
        #expect(kept < 10)
    }

    @Test("A statement whose table has changed under it is prepared anew")
    func stalePlan() throws {
        try connection.execute("CREATE TABLE t (a int8); INSERT INTO t VALUES (1)")
        let statement: PostgresStatement = "SELECT * FROM t"
        #expect(try connection.query(statement).columnCount == 1)
        try connection.execute("ALTER TABLE t ADD b text")
        #expect(try connection.query(statement).columnCount == 2)
        // In a transaction the error is told, and the next one works.
        try connection.execute("ALTER TABLE t ADD c text")
        try connection.execute("BEGIN")
        #expect(postgresError { _ = try connection.query(statement) }?.sqlState == .featureNotSupported)
        try connection.execute("ROLLBACK; DEALLOCATE ALL")
        #expect(try connection.query(statement).columnCount == 3)
    }

    @Test(
        "Errors tell their code, whether they pass, and never a value",
        arguments: [
            ("INSERT INTO parent VALUES (7, 'swordfish')", SQLState.uniqueViolation, "parent_name"),
            ("INSERT INTO parent VALUES (8, NULL)", .notNullViolation, nil),
            ("INSERT INTO child VALUES (4711)", .foreignKeyViolation, "child_parent_fkey"),
            ("INSERT INTO parent VALUES (-4711, 'x')", .checkViolation, "parent_id_check"),
            ("SELECT 'swordfish'::int", "22P02", nil),
            ("SELECT 4711 / 0", .divisionByZero, nil),
            ("DO $$ BEGIN RAISE 'swordfish 4711'; END $$", "P0001", nil),
            ("SELECT * FROM nowhere", .undefinedTable, nil),
        ]
    )
    func errors(sql: String, state: SQLState, constraint: String?) throws {
        try connection.execute(
            """
            CREATE TABLE parent (id int8 PRIMARY KEY CHECK (id > 0), name text NOT NULL,
                CONSTRAINT parent_name UNIQUE (name));
            CREATE TABLE child (parent int8 REFERENCES parent);
            INSERT INTO parent VALUES (1, 'swordfish');
            """
        )
        for run in [{ try connection.execute(sql) }, { _ = try connection.query(.once(sql)) }] {
            let error = try #require(postgresError(run))
            #expect(error.cause == .server)
            #expect(error.sqlState == state)
            #expect(error.constraint == constraint)
            #expect(error.kind == .failed)
            #expect(error.isUniqueViolation == (state == .uniqueViolation))
            #expect("\(error)".contains(state.code))
            #expect(!"\(error)".contains("swordfish") && !"\(error)".contains("4711"))
            #expect(connection.isUsable)
        }
    }

    @Test("The transaction's status is known, and a body that throws undoes everything")
    func transactions() throws {
        struct BodyError: Error {}
        try connection.execute("CREATE TABLE t (a int8)")
        #expect(connection.transactionStatus == .idle)
        #expect(throws: BodyError.self) {
            try connection.transaction {
                try connection.run("INSERT INTO t VALUES (1)")
                #expect(connection.transactionStatus == .active)
                throw BodyError()
            }
        }
        let hidden = postgresError {
            try connection.transaction {
                try connection.run("INSERT INTO t VALUES (1)")
                _ = postgresError { try connection.execute("SELECT 1 / 0") }
                #expect(connection.transactionStatus == .failed)
            }
        }
        #expect(hidden?.sqlState == .failedTransaction, "a COMMIT that rolls back is no success")
        #expect(connection.transactionStatus == .idle)
        #expect(try connection.integer("SELECT count(*) FROM t") == 0)
        try connection.transaction { _ = try connection.run("INSERT INTO t VALUES (1)") }
        #expect(try connection.integer("SELECT count(*) FROM t") == 1)
    }

    @Test("Two that lock crosswise: one is told of the deadlock, which may be repeated")
    func deadlock() async throws {
        try connection.execute("CREATE TABLE t (a int8); INSERT INTO t VALUES (1), (2); SET deadlock_timeout = '20ms'")
        try connection.execute("BEGIN")
        try connection.run("UPDATE t SET a = a WHERE a = 1")
        let schema = schema
        let (started, signal) = AsyncStream.makeStream(of: Int32.self)
        async let other = onThread { () -> PostgresError? in
            defer { signal.finish() }
            let other = try schema.connect()
            try other.execute("SET deadlock_timeout = '20ms'; BEGIN")
            try other.run("UPDATE t SET a = a WHERE a = 2")
            signal.yield(other.backendID)
            return postgresError { _ = try other.run("UPDATE t SET a = a + 0 WHERE a = 1") }
        }
        var backends = started.makeAsyncIterator()
        let backend = try #require(await backends.next())
        try schema.connect().waitUntilRunning(backend, "a + 0")
        let ours = postgresError { _ = try connection.run("UPDATE t SET a = a WHERE a = 2") }
        if ours != nil { try connection.execute("ROLLBACK") }
        let errors = [ours, try await other].compactMap { $0 }
        #expect(errors.map(\.sqlState) == [.deadlock])
        #expect(errors.first?.isTransactionConflict == true)
        #expect(errors.first?.kind == .unavailable)
    }

    @Test("COPY is refused, and the connection is of no use after it")
    func copy() {
        #expect(postgresError { try connection.execute("COPY (SELECT 1) TO STDOUT") }?.cause == .misuse)
        #expect(!connection.isUsable)
    }
}
