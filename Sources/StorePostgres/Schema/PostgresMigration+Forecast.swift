extension PostgresMigration {
    /// What a forecast looks for: recurring parents and held requests, of which no pass takes any as it is, and the
    /// newest runs of a definition that ended well.
    static let forecast = PostgresMigration(
        name: "0011-forecast",
        sql: """
            CREATE INDEX request_for_forecast ON request_course (id) WHERE state IN (1, 6) AND dispatch_at IS NULL;
            CREATE INDEX request_for_usual ON request_course (definition, completed_time)
                WHERE state IN (11, 12) AND first_start_time IS NOT NULL;
            """
    )
}
