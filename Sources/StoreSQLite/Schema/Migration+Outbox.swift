extension Migration {
    /// Events on their way to those who asked to be told. The indexes hold what is pending only, so that a look at it
    /// costs the same however much has been delivered.
    static let outbox = Migration(
        name: "0011-outbox",
        sql: """
            CREATE TABLE outbox (
                request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                channel INTEGER NOT NULL,
                subscriber_id INTEGER NOT NULL,
                notice BLOB NOT NULL,
                status INTEGER NOT NULL,
                since_time INTEGER NOT NULL,
                due_time INTEGER NOT NULL,
                tries INTEGER NOT NULL,
                last_time INTEGER,
                last_status INTEGER,
                last_error TEXT,
                PRIMARY KEY (request_id, number)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX outbox_due ON outbox (due_time, since_time) WHERE status = 0;
            CREATE INDEX outbox_in_order ON outbox (request_id, channel, number) WHERE status = 0;
            CREATE INDEX outbox_by_subscriber ON outbox (subscriber_id) WHERE status = 0;
            """
    )
}
