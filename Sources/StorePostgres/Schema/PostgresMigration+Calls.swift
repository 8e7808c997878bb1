extension PostgresMigration {
    /// Calls that were carried out under an `Idempotency-Key`. They belong to their callers, not to requests: what was
    /// answered stays when the request goes.
    ///
    /// `refuse_call`: fails the transaction of a call whose key another one was quicker to use.
    static let calls = PostgresMigration(
        name: "0014-calls",
        sql: """
            CREATE TABLE idempotent_call (
                caller text COLLATE "C" NOT NULL,
                call_key text COLLATE "C" NOT NULL,
                fingerprint bytea NOT NULL,
                time bigint NOT NULL,
                answer bytea NOT NULL,
                PRIMARY KEY (caller, call_key)
            ) WITH (autovacuum_vacuum_scale_factor = 0.05);
            CREATE INDEX idempotent_call_by_time ON idempotent_call (time);

            CREATE TYPE call_row_1 AS (caller text, call_key text, fingerprint bytea, time bigint, answer bytea);

            CREATE FUNCTION refuse_call() RETURNS bigint LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the key of a call is in use' USING ERRCODE = '\(CallQueries.keyInUseCode)';
            END
            $$;
            """
    )
}
