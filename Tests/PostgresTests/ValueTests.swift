import PostgresClient
import PostgresTesting
import SchedulerTesting
import Testing

/// Values go to the server and come back.
@Suite struct ValueTests {
    private let connection: PostgresConnection

    init() throws { connection = try PostgresConnection(PrivatePostgres.shared().options) }

    @Test("Single values of each type come back as they were sent, NULLs too")
    func singleValues() throws {
        let sent = parameters {
            for value: Int64? in [.min, -1, 0, .max, nil] { $0.append(value) }
            for value: Int32? in [.min, 7, nil] { $0.append(value) }
            for value: Bool? in [true, false, nil] { $0.append(value) }
            for value: Double? in [-0.1, .infinity, nil] { $0.append(value) }
            for value: String? in ["", "Zürich 🕰️\n\"'\\", nil] { $0.append(value) }
            for value: [UInt8]? in [[], [0, 255, 0], nil] { $0.append(value) }
            for value: Int64? in [0, 1_700_000_000_123, -62_135_596_800_001, nil] { $0.append(instant: value) }
        }
        let columns = (1...sent.count).map { "$\($0)" }.joined(separator: ", ")
        let result = try connection.query(.once("SELECT \(columns)"), sent)
        #expect(result.rowCount == 1)
        #expect(result.columnCount == sent.count)
        let read = try result.rows { row in
            #expect((0..<5).map { _ in row.optionalInteger() } == [.min, -1, 0, .max, nil])
            #expect((0..<3).map { _ in row.optionalInteger() } == [Int64(Int32.min), 7, nil])
            #expect((0..<3).map { _ in row.optionalFlag() } == [true, false, nil])
            #expect((0..<3).map { _ in row.optionalDouble() } == [-0.1, .infinity, nil])
            #expect((0..<3).map { _ in row.optionalText() } == ["", "Zürich 🕰️\n\"'\\", nil])
            #expect((0..<3).map { _ in row.optionalBytes() } == [[], [0, 255, 0], nil])
            #expect((0..<4).map { _ in row.optionalInstant() } == [0, 1_700_000_000_123, -62_135_596_800_001, nil])
            return true
        }
        #expect(read == [true])
    }

    @Test("The server understands instants and other integers as we do")
    func meaning() throws {
        let sent = parameters {
            $0.append(instant: 951_782_400_001)
            $0.append("2000-02-29 00:00:00.001+00")
        }
        let same = try connection.query("SELECT $1 = $2::text::timestamptz", sent).firstRow { $0.flag() }
        #expect(same == true)
        let row = try connection.query(
            "SELECT 3::int2, 4::oid, 'a'::name, '{\"b\": 1}'::jsonb, 'c'::varchar, 'd'::char(2)"
        )
        .firstRow { "\($0.integer()) \($0.integer()) \($0.text()) \($0.text()) \($0.text()) \($0.text())" }
        #expect(row == "3 4 a {\"b\": 1} c d ")
    }

    @Test("Empty arrays and arrays of NULLs come back as they were sent")
    func arrayEdges() throws {
        let sent = parameters {
            $0.append(array: [Int64]())
            $0.append(array: [nil, nil] as [Int64?])
            $0.append(array: [nil] as [String?])
            $0.append(array: [""])
            $0.append(array: [[]] as [[UInt8]])
        }
        let result = try connection.query("SELECT $1, $2, $3, $4, $5, cardinality($1), '{}'::text[]", sent)
        _ = try result.firstRow { row in
            #expect(row.integers() == [])
            #expect(row.integers() == [nil, nil])
            #expect(row.texts() == [nil])
            #expect(row.texts() == [""])
            #expect(row.blobs() == [[]])
            #expect(row.integer() == 0)
            #expect(row.texts() == [])
            return true
        }
    }

    @Test(
        "Random arrays come back as they were sent, and unnest sees the same rows",
        arguments: 1...40 as ClosedRange<UInt64>
    )
    func randomArrays(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let count = Int.random(in: 0...60, using: &random)
        func column<Value>(_ make: (inout SeededRandom) -> Value) -> [Value?] {
            (0..<count).map { _ in random.percent(20) ? nil : make(&random) }
        }
        let longs = column { Int64.random(in: .min ... .max, using: &$0) }
        let ints = column { Int32.random(in: .min ... .max, using: &$0) }
        let flags = column { Bool.random(using: &$0) }
        let texts = column { random in
            String((0..<Int.random(in: 0...9, using: &random)).map { _ in random.pick(["a", "ß", "\\", "🕰️"]) ?? "b" })
        }
        let blobs = column { random in
            (0..<Int.random(in: 0...9, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        let sent = parameters {
            $0.append(array: longs)
            $0.append(array: ints)
            $0.append(array: flags)
            $0.append(array: texts)
            $0.append(array: blobs)
        }
        _ = try connection.query("SELECT $1, $2, $3, $4, $5", sent).firstRow { row in
            #expect(row.integers() == longs)
            #expect(row.integers() == ints.map { $0.map { Int64($0) } })
            #expect(row.flags() == flags)
            #expect(row.texts() == texts)
            #expect(row.blobs() == blobs)
            return true
        }
        var rowsRead = 0
        _ = try connection.query(
            "SELECT a, b, c, d, e FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY t (a, b, c, d, e, n) ORDER BY n",
            sent
        ).rows { row in
            #expect(row.optionalInteger() == longs[rowsRead])
            #expect(row.optionalInteger() == ints[rowsRead].map { Int64($0) })
            #expect(row.optionalFlag() == flags[rowsRead])
            #expect(row.optionalText() == texts[rowsRead])
            #expect(row.optionalBytes() == blobs[rowsRead])
            rowsRead += 1
        }
        #expect(rowsRead == count)
    }

    @Test("Values of many megabytes pass")
    func hugeValues() throws {
        let bytes = 24 << 20
        let sent = parameters {
            $0.append([UInt8](repeating: 0xA5, count: bytes))
            $0.append(String(repeating: "ä", count: bytes / 2))
        }
        _ = try connection.query("SELECT $1, $2", sent).firstRow { row in
            #expect(row.blob { $0.count == bytes && $0.last == 0xA5 } == true)
            #expect(row.text().utf8.count == bytes)
            return true
        }
    }

    @Test("A text with NUL is refused, alone and in an array, and the connection stays usable")
    func nul() throws {
        for sent in [parameters { $0.append("swordfish\0") }, parameters { $0.append(array: ["a", "swordfish\0"]) }] {
            let error = try #require(postgresError { _ = try connection.query("SELECT $1", sent) })
            #expect(error.cause == .misuse)
            #expect(error.sqlState == .characterNotInRepertoire)
            #expect(!"\(error)".contains("swordfish"))
        }
        #expect(try connection.integer("SELECT 1") == 1)
    }

    @Test(
        "A misreading fails the row, and explains what its reader threw",
        arguments: [
            "SELECT NULL::int8", "SELECT 'a'::text", "SELECT ARRAY['a']", "SELECT 1.5::numeric", "SELECT ARRAY[[1]]",
        ]
    )
    func misreading(sql: String) throws {
        struct ReaderError: Error {}
        let result = try connection.query(.once(sql))
        let error = postgresError {
            _ = try result.firstRow { row in
                if row.integer() == 0 { throw ReaderError() }
                return true
            }
        }
        #expect(error?.cause == .misuse)
        let arrayError = postgresError { _ = try result.firstRow { $0.integers() } }
        #expect(arrayError?.cause == .misuse)
        let tooFar = postgresError {
            _ = try result.firstRow { row in
                row.skip()
                return row.optionalText() == nil
            }
        }
        #expect(tooFar?.cause == .misuse)
    }
}
