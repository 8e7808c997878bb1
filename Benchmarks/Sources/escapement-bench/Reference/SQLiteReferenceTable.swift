/// The reference's table in SQLite, `synchronous=FULL`; rows are inserted one by one.
struct SQLiteReferenceTable: ReferenceTable {
    private let begin: Statement
    private let commit: Statement
    private let row: Statement

    init(_ path: String) throws {
        let database = try Database(path)
        try database.execute(Self.schema)
        begin = try database.prepare("BEGIN IMMEDIATE")
        commit = try database.prepare("COMMIT")
        row = try database.prepare(Self.insert)
    }

    func insert(_ payloads: [[UInt8]]) throws {
        try begin.run()
        let now = Instant.wall() / 1_000_000
        for payload in payloads {
            try payload.withUnsafeBytes { payload in
                row.bind(1, now)
                row.bind(2, now + 1_000_000_000)
                row.bind(3, payload)
                try row.run()
            }
        }
        try commit.run()
    }

    private static let schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS request (
            id INTEGER PRIMARY KEY,
            definition INTEGER NOT NULL,
            submitter INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            state INTEGER NOT NULL,
            submission_time INTEGER NOT NULL,
            dispatch_at INTEGER NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS request_for_dispatch ON request (priority, dispatch_at) WHERE state = 1;
        """

    private static let insert = """
        INSERT INTO request (definition, submitter, priority, state, submission_time, dispatch_at, payload)
        VALUES (1, 1, 4, 1, ?1, ?2, ?3)
        """
}
