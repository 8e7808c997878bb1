extension PostgresMigration {
    /// Rows that are older than groups and still may run: a node that opens the store gives them theirs. Recurring
    /// parents, which never have one, are among them.
    static let groups = PostgresMigration(
        name: "0012-groups",
        sql: """
            CREATE INDEX request_without_group ON request_course (id)
                WHERE work_group IS NULL AND completed_time IS NULL;
            """
    )
}
