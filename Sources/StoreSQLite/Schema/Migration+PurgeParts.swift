extension Migration {
    /// How far a run has come in a tree that is too large for one transaction.
    static let purgeParts = Migration(
        name: "0014-purge-parts",
        sql: "ALTER TABLE purge_run ADD COLUMN below_id INTEGER;"
    )
}
