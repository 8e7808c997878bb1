/// What the writer has done since the store was opened.
package struct WriterStatistics: Hashable, Sendable {
    /// Transactions on disk; one fsync each.
    package var commits = 0
    /// Calls that were answered, refusals included.
    package var operations = 0
    /// Transactions undone because an operation in them failed.
    package var undone = 0
    /// Times that the log was copied into the database; only where the store does so itself.
    package var checkpoints = 0

    package init() {}
}
