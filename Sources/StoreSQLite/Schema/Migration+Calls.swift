extension Migration {
    /// Calls that were carried out under an `Idempotency-Key`. They belong to their callers, not to requests: what was
    /// answered stays when the request goes.
    static let calls = Migration(
        name: "0015-calls",
        sql: """
            CREATE TABLE idempotent_call (
                caller TEXT NOT NULL,
                call_key TEXT NOT NULL,
                fingerprint BLOB NOT NULL,
                time INTEGER NOT NULL,
                answer BLOB NOT NULL,
                PRIMARY KEY (caller, call_key)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX idempotent_call_by_time ON idempotent_call (time);
            """
    )
}
