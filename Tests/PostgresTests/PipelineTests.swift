import PostgresClient
import PostgresTesting
import Testing

/// Queries that are sent together.
@Suite struct PipelineTests {
    private let connection: PostgresConnection

    init() throws {
        connection = try PrivatePostgres.shared().schema().connect()
        try connection.execute("CREATE TABLE t (a int8 PRIMARY KEY, CONSTRAINT even CHECK (a % 2 = 0))")
    }

    private let insert: PostgresStatement = "INSERT INTO t VALUES ($1) RETURNING a"

    private func batch(_ values: [Int64]) -> PostgresBatch {
        var batch = PostgresBatch()
        for value in values { batch.append(insert, parameters { $0.append(value) }) }
        return batch
    }

    private func stored() throws -> [Int64] {
        try connection.query("SELECT a FROM t ORDER BY a").rows { $0.integer() }
    }

    @Test("A failing query in the middle does not spoil the others, and results come in order")
    func failingMiddle() throws {
        var batch = batch([2, 3, 4, 2])
        batch.append("SELECT wrong syntax here")
        batch.append("SELECT $1", parameters { $0.append("a\0b") })
        batch.append(insert, parameters { $0.append(6) })
        let outcomes = try connection.pipeline(batch)
        let told = try outcomes.map { outcome in
            switch outcome {
            case .success(let result): "\(try result.firstRow { $0.integer() } ?? -1)"
            case .failure(let error): error.constraint ?? error.sqlState?.code ?? "?"
            }
        }
        #expect(told == ["2", "even", "4", "t_pkey", "42601", "22021", "6"])
        #expect(connection.transactionStatus == .idle)
        #expect(try stored() == [2, 4, 6])
    }

    @Test("More queries than are sent at once come back in order")
    func manyQueries() throws {
        let count = PostgresLimits.pipelineDepth * 2 + 3
        let outcomes = try connection.pipeline(batch((0..<Int64(count)).map { $0 * 2 }))
        #expect(try outcomes.map { try $0.get().firstRow { $0.integer() } } == (0..<Int64(count)).map { $0 * 2 })
    }

    @Test("The statements of a batch do not push each other out of a connection that keeps many already")
    func crowded() throws {
        for number in 0..<(PostgresLimits.preparedStatementsMax - 1) {
            _ = try connection.query(PostgresStatement("SELECT \(number)"))
        }
        var batch = PostgresBatch()
        for number in 0..<4 { batch.append(PostgresStatement("SELECT -\(number)")) }
        batch.append(.once("SELECT -4"))
        let outcomes = try connection.pipeline(batch)
        #expect(try outcomes.map { try $0.get().firstRow { $0.integer() } } == [0, -1, -2, -3, -4])

        var vast = PostgresBatch()
        let count = PostgresLimits.preparedStatementsMax + 1
        for number in 0..<count { vast.append(PostgresStatement("SELECT \(number)")) }
        #expect(try connection.pipeline(vast).last?.get().firstRow { $0.integer() } == Int64(count - 1))
        #expect(postgresError { _ = try connection.transactionPipeline(vast) }?.cause == .misuse)
    }

    @Test("Many large queries with large results do not block each other")
    func largeQueries() throws {
        var batch = PostgresBatch()
        let bytes = 1 << 20
        for number in 0..<24 {
            batch.append("SELECT $1", parameters { $0.append([UInt8](repeating: UInt8(number), count: bytes)) })
        }
        let outcomes = try connection.pipeline(batch)
        let sizes = try outcomes.map { try $0.get().firstRow { $0.blob { ($0.count, $0.last) } } }
        #expect(sizes.map { $0?.0 } == Array(repeating: bytes, count: 24))
        #expect(sizes.map { $0?.1 } == (0..<24).map { UInt8($0) })
    }

    @Test("In an open transaction what follows a failure fails with it")
    func inTransaction() throws {
        try connection.execute("BEGIN")
        let outcomes = try connection.pipeline(batch([2, 3, 4]))
        let states = outcomes.map { outcome -> SQLState? in
            if case .failure(let error) = outcome { error.sqlState } else { nil }
        }
        #expect(states == [nil, .checkViolation, .failedTransaction])
        #expect(connection.transactionStatus == .failed)
        try connection.execute("ROLLBACK")
        #expect(try stored() == [])
    }

    @Test("A pipeline as one transaction takes effect whole")
    func transactionPipeline() throws {
        let results = try connection.transactionPipeline(batch([2, 4]))
        #expect(try results.map { try $0.firstRow { $0.integer() } } == [2, 4])
        #expect(connection.transactionStatus == .idle)
        #expect(try stored() == [2, 4])
    }

    @Test("A pipeline as one transaction that fails takes no effect and tells the first error")
    func failedTransactionPipeline() throws {
        let error = postgresError { _ = try connection.transactionPipeline(batch([2, 3, 2])) }
        #expect(error?.constraint == "even")
        #expect(connection.transactionStatus == .idle)
        #expect(try stored() == [])
        #expect(try connection.transactionPipeline(PostgresBatch()).isEmpty)
    }

    @Test("A constraint that is checked at the end fails the whole transaction")
    func deferredConstraint() throws {
        try connection.execute("CREATE TABLE d (a int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        var batch = PostgresBatch()
        for _ in 0..<2 { batch.append("INSERT INTO d VALUES (1)") }
        let error = postgresError { _ = try connection.transactionPipeline(batch) }
        #expect(error?.isUniqueViolation == true)
        #expect(connection.isUsable)
        #expect(try connection.integer("SELECT count(*) FROM d") == 0)
        let outcomes = try connection.pipeline(batch)
        #expect(outcomes.map { (try? $0.get()) != nil } == [true, false])
        #expect(try connection.integer("SELECT count(*) FROM d") == 1)
    }

    @Test("Where the connection is lost on the way, those without an answer say so")
    func lostOnTheWay() throws {
        var batch = batch([2])
        batch.append("SELECT pg_terminate_backend(pg_backend_pid())")
        batch.append(insert, parameters { $0.append(4) })
        let outcomes = try connection.pipeline(batch)
        let lost = outcomes.map { outcome -> Bool? in
            if case .failure(let error) = outcome { error.isConnectionLost } else { nil }
        }
        #expect(lost.count == 3)
        #expect(lost.first == .some(nil))
        #expect(lost.last == true)
        #expect(!connection.isUsable)
        #expect(postgresError { _ = try connection.pipeline(batch) }?.isConnectionLost == true)
    }

    @Test("A stale statement in a pipeline is forgotten, so that the next use prepares it anew")
    func stale() throws {
        let statement: PostgresStatement = "SELECT * FROM t"
        var batch = PostgresBatch()
        batch.append(statement)
        _ = try connection.pipeline(batch)
        try connection.execute("ALTER TABLE t ADD b text")
        let first = try connection.pipeline(batch)
        #expect((try? first[0].get()) == nil)
        #expect(try connection.pipeline(batch)[0].get().columnCount == 2)
    }
}
