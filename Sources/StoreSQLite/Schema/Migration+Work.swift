extension Migration {
    /// Work assignments: under which an attempt runs, what counts it against limits in the cluster, and the group by
    /// which passes leave requests out. Rows that are older have no group: each is looked at by itself.
    static let work = Migration(
        name: "0008-work",
        sql: """
            ALTER TABLE request ADD COLUMN work_group INTEGER;
            ALTER TABLE request ADD COLUMN work_assignment INTEGER;
            ALTER TABLE request ADD COLUMN workshift INTEGER;
            ALTER TABLE request ADD COLUMN work_slot INTEGER;

            CREATE INDEX request_for_work_slots ON request (work_slot) WHERE work_slot IS NOT NULL;
            CREATE INDEX request_for_starving ON request (ready_time) WHERE state = 2 AND dispatch_at IS NOT NULL;
            """
    )
}
