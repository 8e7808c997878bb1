import StoreSupport

extension Migration {
    /// Tokens and slots: who has them, and who waits for them in line.
    static let locks = Migration(
        name: "0004-locks",
        sql: """
            CREATE TABLE lock_claim (
                request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
                root_id INTEGER NOT NULL,
                key TEXT NOT NULL,
                entity INTEGER NOT NULL,
                is_self INTEGER NOT NULL,
                kind INTEGER NOT NULL,
                is_inner INTEGER NOT NULL,
                urgency INTEGER NOT NULL,
                scheduled_time INTEGER NOT NULL,
                PRIMARY KEY (request_id, key, entity)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX lock_claim_held ON lock_claim (key, entity) WHERE kind <> 2;
            CREATE INDEX lock_claim_queue
                ON lock_claim (key, urgency, scheduled_time, request_id) WHERE kind = 2;
            CREATE INDEX lock_claim_inner
                ON lock_claim (key, urgency, scheduled_time, request_id) WHERE kind = 2 AND is_inner = 1;
            CREATE INDEX lock_claim_waiting ON lock_claim (request_id) WHERE kind = 2;
            """
    )
}
