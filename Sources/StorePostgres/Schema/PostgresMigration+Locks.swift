extension PostgresMigration {
    /// Tokens and slots: who has them, and who waits for them in line. Small and busy: rows come and go.
    static let locks = PostgresMigration(
        name: "0003-locks",
        sql: """
            CREATE TABLE lock_claim (
                request_id bigint NOT NULL,
                root_id bigint NOT NULL,
                key text COLLATE "C" NOT NULL,
                entity integer NOT NULL,
                is_self smallint NOT NULL,
                kind smallint NOT NULL,
                is_inner smallint NOT NULL,
                urgency smallint NOT NULL,
                scheduled_time bigint NOT NULL,
                PRIMARY KEY (request_id, key, entity)
            ) WITH (autovacuum_vacuum_scale_factor = 0.05);
            CREATE INDEX lock_claim_tree ON lock_claim (root_id);
            CREATE INDEX lock_claim_held ON lock_claim (key, entity) WHERE kind <> 2;
            CREATE INDEX lock_claim_queue
                ON lock_claim (key, urgency, scheduled_time, request_id) WHERE kind = 2;
            CREATE INDEX lock_claim_inner
                ON lock_claim (key, urgency, scheduled_time, request_id) WHERE kind = 2 AND is_inner = 1;
            CREATE INDEX lock_claim_waiting ON lock_claim (request_id) WHERE kind = 2;

            CREATE TYPE lock_row_1 AS (
                request_id bigint, root_id bigint, key text, entity bigint, is_self bigint, kind bigint,
                is_inner bigint, urgency bigint, scheduled_time bigint
            );
            """
    )
}
