/// The reference's table in PostgreSQL, `synchronous_commit=on`; all rows of a transaction go in by one `unnest`.
struct PostgresReferenceTable: ReferenceTable {
    /// As many as the server's store has.
    static let writers = 2

    private let session: PostgresSession

    init(_ uri: String) throws {
        session = try PostgresSession(uri)
        // Two writers may come at once.
        try session.execute("SELECT pg_advisory_lock(1)")
        try session.execute(Self.schema)
        try session.execute("SELECT pg_advisory_unlock(1)")
        try session.prepare("insert", Self.insert)
    }

    func insert(_ payloads: [[UInt8]]) throws {
        let now = Instant.wall() / 1_000_000
        let texts = payloads.map { payload in
            let text = String(decoding: payload, as: UTF8.self)
            return text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        }
        let array = "{" + texts.map { "\"\($0)\"" }.joined(separator: ",") + "}"
        try session.run("insert", "\(now)", array)
    }

    private static let schema = """
        CREATE TABLE IF NOT EXISTS reference_request (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            definition integer NOT NULL,
            submitter integer NOT NULL,
            priority smallint NOT NULL,
            state smallint NOT NULL,
            submission_time bigint NOT NULL,
            dispatch_at bigint NOT NULL,
            payload text COLLATE "C" NOT NULL
        );
        CREATE INDEX IF NOT EXISTS reference_for_dispatch ON reference_request (priority, dispatch_at) WHERE state = 1
        """

    private static let insert = """
        INSERT INTO reference_request (
            definition, submitter, priority, state, submission_time, dispatch_at, payload
        ) SELECT 1, 1, 4, 1, $1::bigint, $1::bigint + 1000000000, p FROM unnest($2::text[]) AS p
        """
}

/// The yardstick of draining on PostgreSQL: claim a batch of due rows with SKIP LOCKED, finish the one before, and
/// again; one thread, two commits a batch; no job is run, no history written.
enum PostgresClaimFinishReference {
    /// - Returns: jobs claimed and finished per second.
    static func run(_ uri: String, jobs: Int) throws -> Double {
        let session = try PostgresSession(uri)
        try session.execute(schema)
        try session.execute(
            """
            INSERT INTO reference_job (priority, state, dispatch_at, payload)
            SELECT 4, 1, 0, repeat('a', 320) FROM generate_series(1, \(jobs))
            """
        )
        try session.execute("VACUUM ANALYZE reference_job")
        try session.prepare("claim", claim)
        try session.prepare("finish", finish)
        let start = Instant.monotonic()
        while true {
            let now = "\(Instant.wall() / 1_000_000)"
            let running = try session.run("claim", now, "\(ClaimFinishReference.batch)")
            guard !running.isEmpty else { break }
            try session.run("finish", now, "{\(running.joined(separator: ","))}")
        }
        return Double(jobs) / Instant.seconds(since: start)
    }

    private static let schema = """
        DROP TABLE IF EXISTS reference_job;
        CREATE TABLE reference_job (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            priority smallint NOT NULL,
            payload text NOT NULL,
            state smallint NOT NULL,
            owner integer,
            dispatch_at bigint NOT NULL,
            start_time bigint,
            end_time bigint
        );
        CREATE INDEX reference_job_for_dispatch ON reference_job (priority, dispatch_at) WHERE state = 1
        """

    private static let claim = """
        UPDATE reference_job AS j SET state = 3, owner = 1, start_time = $1::bigint FROM (
            SELECT id FROM reference_job WHERE state = 1 AND dispatch_at <= $1::bigint
            ORDER BY priority, dispatch_at LIMIT $2::bigint FOR UPDATE SKIP LOCKED
        ) AS due WHERE j.id = due.id RETURNING j.id
        """

    private static let finish = """
        UPDATE reference_job SET state = 12, owner = NULL, end_time = $1::bigint
        WHERE id = ANY ($2::bigint[]) AND state = 3
        """
}
