/// The yardstick of draining: claim a batch of due rows, finish the batch before in the same transaction, and again.
///
/// One thread, `synchronous=FULL`, one fsync a batch; no job is run, no history written.
enum ClaimFinishReference {
    /// Rows a transaction; beyond it little is won.
    static let batch = 100

    /// - Returns: jobs claimed and finished per second.
    static func run(path: String, jobs: Int) throws -> Double {
        let database = try Database(path)
        try database.execute(schema)
        try fill(database, jobs)
        let begin = try database.prepare("BEGIN IMMEDIATE")
        let commit = try database.prepare("COMMIT")
        let claim = try database.prepare(
            """
            UPDATE request SET state = 3, owner = 1, start_time = ?1 WHERE id IN (
                SELECT id FROM request WHERE state = 1 AND dispatch_at <= ?1 ORDER BY priority, dispatch_at LIMIT ?2
            ) RETURNING id
            """
        )
        let finish = try database.prepare(
            "UPDATE request SET state = 12, owner = NULL, end_time = ?1 WHERE id = ?2 AND state = 3"
        )
        let start = Instant.monotonic()
        var running: [Int64] = []
        repeat {
            let now = Instant.wall() / 1_000_000
            try begin.run()
            for id in running {
                finish.bind(1, now)
                finish.bind(2, id)
                try finish.run()
            }
            running.removeAll(keepingCapacity: true)
            claim.bind(1, now)
            claim.bind(2, Int64(batch))
            try claim.run { running.append($0) }
            try commit.run()
        } while !running.isEmpty
        return Double(jobs) / Instant.seconds(since: start)
    }

    private static func fill(_ database: Database, _ jobs: Int) throws {
        let insert = try database.prepare(
            "INSERT INTO request (priority, state, dispatch_at, payload) VALUES (4, 1, 0, ?1)"
        )
        try database.execute("BEGIN")
        for _ in 0..<jobs {
            try [UInt8](repeating: 0x61, count: 320).withUnsafeBytes {
                insert.bind(1, $0)
                try insert.run()
            }
        }
        try database.execute("COMMIT")
    }

    private static let schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        DROP TABLE IF EXISTS request;
        CREATE TABLE request (
            id INTEGER PRIMARY KEY,
            priority INTEGER NOT NULL,
            payload BLOB NOT NULL,
            state INTEGER NOT NULL,
            owner INTEGER,
            dispatch_at INTEGER NOT NULL,
            start_time INTEGER,
            end_time INTEGER
        ) STRICT;
        CREATE INDEX request_for_dispatch ON request (priority, dispatch_at) WHERE state = 1;
        """
}
