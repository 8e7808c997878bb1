extension Migration {
    /// Rows that are older than groups and still may run: the store gives them theirs when it opens, and finds none
    /// from then on.
    static let groups = Migration(
        name: "0013-groups",
        sql: """
            CREATE INDEX request_without_group ON request (id)
                WHERE work_group IS NULL AND completed_time IS NULL AND type NOT IN (1, 5);
            """
    )
}
