extension PostgresMigration {
    /// Events on their way to those who asked to be told. The indexes hold what is pending only, so that a look at it
    /// costs the same however much has been delivered. `subscriber_id` is always there; that its index says so keeps
    /// plans that are made while the table is empty from it.
    static let outbox = PostgresMigration(
        name: "0010-outbox",
        sql: """
            CREATE TABLE outbox (
                request_id bigint NOT NULL,
                number integer NOT NULL,
                channel smallint NOT NULL,
                subscriber_id bigint,
                notice bytea NOT NULL,
                status smallint NOT NULL,
                since_time bigint NOT NULL,
                due_time bigint NOT NULL,
                tries integer NOT NULL,
                last_time bigint,
                last_status integer,
                last_error text COLLATE "C",
                PRIMARY KEY (request_id, number)
            ) WITH (autovacuum_vacuum_scale_factor = 0.05);
            CREATE INDEX outbox_due ON outbox (due_time, request_id, number) INCLUDE (since_time) WHERE status = 0;
            CREATE INDEX outbox_in_order ON outbox (request_id, channel, number) WHERE status = 0;
            CREATE INDEX outbox_by_subscriber ON outbox (subscriber_id)
                WHERE status = 0 AND subscriber_id IS NOT NULL;

            CREATE TYPE outbox_row_1 AS (
                request_id bigint, number bigint, channel bigint, subscriber_id bigint, notice bytea, status bigint,
                since_time bigint, due_time bigint, tries bigint, last_time bigint, last_status bigint, last_error text
            );
            """
    )
}
