/// What sessions of ours set beyond the options.
enum SessionSettings {
    /// Every statement of a writer goes by an index, whatever the statistics say: those of a table that was empty when
    /// the statement was planned, or has grown since, would lead it astray, and its plans are kept.
    ///
    /// - Parameter patience: how long the server waits for a silent node.
    /// - Returns: values by name.
    static func writer(patience: Duration) -> [String: String] {
        let (seconds, attoseconds) = patience.components
        let whole = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        return planned.merging([
            "lock_timeout": "\(whole * PostgresStoreLimits.lockWaitShare / 100)ms",
            "idle_in_transaction_session_timeout": "\(whole)ms",
            "statement_timeout": "\(whole * PostgresStoreLimits.writeStatementShare / 100)ms",
        ]) { $1 }
    }

    private static let planned = [
        "plan_cache_mode": "force_generic_plan",
        "enable_seqscan": "off",
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "enable_bitmapscan": "off",
        "enable_material": "off",
        "jit": "off",
    ]

    /// A reader's statements are as various as their filters, and each is planned for its values. Lists are short and
    /// taken from the front of an index: what reads whole tables side by side only looks cheaper.
    static let reader = [
        "jit": "off",
        "random_page_cost": "1.1",
        "enable_seqscan": "off",
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "enable_bitmapscan": "off",
        "enable_material": "off",
        "default_transaction_read_only": "on",
    ]

    /// A lost notification costs a slow poll; none is worth an fsync.
    static let notifier = ["synchronous_commit": "off"]
}
