extension Migration {
    /// What a purge looks for, by indexes that hold roots only: those that ended, by state and end, and those that are
    /// deleted, by the time of that. So a chunk costs the same however many requests have ended.
    static let purge = Migration(
        name: "0007-purge",
        sql: """
            ALTER TABLE request ADD COLUMN is_kept INTEGER;
            CREATE INDEX request_for_purge ON request (state, completed_time)
                WHERE parent_id IS NULL AND completed_time IS NOT NULL AND deleted_time IS NULL;
            CREATE INDEX request_for_removal ON request (deleted_time)
                WHERE parent_id IS NULL AND deleted_time IS NOT NULL AND is_kept IS NULL;

            CREATE TABLE purge_cursor (
                policy TEXT NOT NULL PRIMARY KEY,
                time INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE purge_run (
                id INTEGER PRIMARY KEY,
                purge_order BLOB NOT NULL,
                principal TEXT NOT NULL,
                started_time INTEGER NOT NULL,
                ended_time INTEGER,
                stage INTEGER NOT NULL,
                mark_time INTEGER,
                mark_id INTEGER,
                trees INTEGER NOT NULL,
                requests INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX purge_run_open ON purge_run (id) WHERE ended_time IS NULL;
            """
    )
}
