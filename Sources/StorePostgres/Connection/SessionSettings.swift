/// What sessions of ours set beyond the options.
enum SessionSettings {
    /// Every statement of a writer goes by an index, whatever the statistics say: those of a table that was empty when
    /// the statement was planned, or has grown since, would lead it astray, and its plans are kept.
    static let writer = [
        "plan_cache_mode": "force_generic_plan",
        "enable_seqscan": "off",
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "enable_bitmapscan": "off",
        "enable_material": "off",
        "jit": "off",
        "lock_timeout": "\(PostgresStoreLimits.lockWaitMilliseconds)ms",
        "idle_in_transaction_session_timeout": "\(PostgresStoreLimits.silentTransactionMilliseconds)ms",
        "statement_timeout": "\(PostgresStoreLimits.writeStatementMilliseconds)ms",
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
