extension PostgresMigration {
    /// What a purge looks for, by indexes that hold roots only: those that ended, by state and end, and those that are
    /// deleted, by the time of that. So a chunk costs the same however many requests have ended.
    static let purge = PostgresMigration(
        name: "0006-purge",
        sql: """
            ALTER TABLE request_course ADD COLUMN is_kept smallint;
            CREATE INDEX request_for_purge ON request_course (state, completed_time, id)
                WHERE parent_id IS NULL AND completed_time IS NOT NULL AND deleted_time IS NULL;
            CREATE INDEX request_for_removal ON request_course (deleted_time, id)
                WHERE parent_id IS NULL AND deleted_time IS NOT NULL AND is_kept IS NULL;

            CREATE TABLE purge_cursor (
                policy text COLLATE "C" PRIMARY KEY,
                time bigint NOT NULL
            );

            CREATE TABLE purge_run (
                id bigint PRIMARY KEY,
                purge_order bytea NOT NULL,
                principal text COLLATE "C" NOT NULL,
                started_time bigint NOT NULL,
                ended_time bigint,
                stage bigint NOT NULL,
                mark_time bigint,
                mark_id bigint,
                trees bigint NOT NULL,
                requests bigint NOT NULL
            );
            CREATE INDEX purge_run_open ON purge_run (id) WHERE ended_time IS NULL;
            """
    )
}
