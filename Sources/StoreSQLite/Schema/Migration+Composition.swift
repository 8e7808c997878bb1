extension Migration {
    /// Trees of requests: what a request keeps of its relatives, the plan of each tree at its root, and the instants of
    /// schedules that were skipped.
    static let composition = Migration(
        name: "0003-composition",
        sql: """
            ALTER TABLE request ADD COLUMN execution_mode INTEGER;
            ALTER TABLE request ADD COLUMN schedule_definition INTEGER;
            ALTER TABLE request ADD COLUMN kinship BLOB;
            ALTER TABLE request ADD COLUMN work_class INTEGER;

            CREATE INDEX request_for_live_children ON request (parent_id)
                WHERE parent_id IS NOT NULL AND completed_time IS NULL;

            CREATE TABLE request_plan (
                id INTEGER PRIMARY KEY REFERENCES request (id) ON DELETE CASCADE,
                plan BLOB NOT NULL
            ) STRICT;

            CREATE TABLE schedule_skip (
                request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
                first_instant INTEGER NOT NULL,
                last_instant INTEGER NOT NULL,
                instants INTEGER NOT NULL,
                is_exact INTEGER NOT NULL,
                reason INTEGER NOT NULL,
                time INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX schedule_skip_by_request ON schedule_skip (request_id, first_instant);
            """
    )
}
