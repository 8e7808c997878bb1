extension Migration {
    /// What lists look for beside the paths of the first step: requests of an application, and those that run as
    /// somebody who did not submit them, which are few.
    static let lists = Migration(
        name: "0016-lists",
        sql: """
            CREATE INDEX request_by_application ON request (application);
            CREATE INDEX request_by_run_as ON request (run_as_user) WHERE run_as_user <> submitter;
            """
    )
}
