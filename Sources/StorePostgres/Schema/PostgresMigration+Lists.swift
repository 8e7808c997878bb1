extension PostgresMigration {
    /// What lists look for beside the paths of the first step: requests of an application, and those that run as
    /// somebody who did not submit them, which are few.
    static let lists = PostgresMigration(
        name: "0015-lists",
        sql: """
            CREATE INDEX request_by_application ON request_fact (application, id);
            CREATE INDEX request_by_run_as ON request_fact (run_as_user, id) WHERE run_as_user <> submitter;
            """
    )
}
