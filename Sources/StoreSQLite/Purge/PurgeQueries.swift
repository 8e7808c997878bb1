import StoreSupport

/// The statements of a purge. Each finds its rows by the index named, whatever the table holds besides: a test asks
/// SQLite for its plan.
enum PurgeQueries {
    /// Roots that ended in a state, oldest first. Index `request_for_purge`; parameters state, cutoff, time and number
    /// of the last one that was looked at, limit.
    static let ended = """
        SELECT \(RequestColumns.selection) FROM request AS r
        WHERE r.parent_id IS NULL AND r.deleted_time IS NULL AND r.state = ?1 AND r.completed_time <= ?2
            AND (r.completed_time, r.id) > (?3, ?4)
        ORDER BY r.completed_time, r.id LIMIT ?5
        """

    /// What lies below roots. Index `request_by_abs_parent`; parameter numbers, as a JSON array.
    static let families = """
        SELECT r.abs_parent_id, count(*), sum(r.completed_time IS NULL) FROM request AS r
        WHERE r.abs_parent_id IN (SELECT value FROM json_each(?)) AND r.abs_parent_id <> r.id GROUP BY r.abs_parent_id
        """

    /// By their rows; parameters time, whether they are kept, numbers.
    static let deleteRoots = """
        UPDATE request AS r SET deleted_time = ?1, dispatch_at = NULL, is_kept = ?2
        WHERE r.id IN (SELECT value FROM json_each(?3)) AND r.deleted_time IS NULL
        """

    /// What is deleted keeps its time: none may be deleted later than its root. Index `request_by_abs_parent`;
    /// parameters time, numbers of the roots.
    static let deleteDescendants = """
        UPDATE request AS r SET deleted_time = coalesce(r.deleted_time, ?1), dispatch_at = NULL
        WHERE r.abs_parent_id IN (SELECT value FROM json_each(?2)) AND r.abs_parent_id <> r.id
        """

    /// What lies below a root from after a number on. Index `request_by_abs_parent`; parameters root, number, limit.
    static let oldest = """
        SELECT r.id FROM request AS r
        WHERE r.abs_parent_id = ?1 AND r.abs_parent_id <> r.id AND r.id > ?2 ORDER BY r.id LIMIT ?3
        """

    /// Likewise. By their rows; parameters time, numbers.
    static let deletePart = """
        UPDATE request AS r SET deleted_time = coalesce(r.deleted_time, ?1), dispatch_at = NULL
        WHERE r.id IN (SELECT value FROM json_each(?2))
        """

    /// Index `request_for_removal`.
    static let earliestDeletion = """
        SELECT r.deleted_time FROM request AS r
        WHERE r.parent_id IS NULL AND r.deleted_time IS NOT NULL AND r.is_kept IS NULL ORDER BY r.deleted_time LIMIT 1
        """

    /// Roots of trees that may go. Index `request_for_removal`; parameters cutoff, limit.
    static let removableRoots = """
        SELECT r.id, r.kinship IS NOT NULL FROM request AS r
        WHERE r.parent_id IS NULL AND r.is_kept IS NULL AND r.deleted_time <= ? ORDER BY r.deleted_time, r.id LIMIT ?
        """

    /// The youngest below a root. Index `request_by_abs_parent`; parameters root, limit.
    static let youngest = """
        SELECT r.id FROM request AS r WHERE r.abs_parent_id = ? AND r.abs_parent_id <> r.id ORDER BY r.id DESC LIMIT ?
        """

    /// Those of the numbers that are deleted for long. By their rows; parameters numbers, cutoff.
    static let deletedAmong = """
        SELECT r.id FROM request AS r WHERE r.id IN (SELECT value FROM json_each(?)) AND r.deleted_time <= ?
        """

    /// By their rows; parameter numbers.
    static let storedAmong = "SELECT r.id FROM request AS r WHERE r.id IN (SELECT value FROM json_each(?))"

    /// Everything that belongs to a request, the request itself last; each with the numbers as a parameter. The audit
    /// trail stays. Whoever adds such a table adds it here.
    static let removals = ownedTables.map { table, column in
        "DELETE FROM \(table) WHERE \(column) IN (SELECT value FROM json_each(?))"
    }

    static let ownedTables = [
        ("history", "request_id"), ("schedule_skip", "request_id"), ("request_detail", "id"), ("request_plan", "id"),
        ("lock_claim", "request_id"), ("outbox", "request_id"), ("request", "id"),
    ]

    /// By its row: the oldest come first, and store time never goes back. Parameters limit, cutoff.
    static let removeAudit = """
        DELETE FROM audit WHERE id IN (
            SELECT a.id FROM (SELECT id, time FROM audit ORDER BY id LIMIT ?) AS a WHERE a.time < ?
        )
        """
}

extension PollQuery {
    /// Those of a purge.
    package static let purge =
        [
            PollQuery("ended", PurgeQueries.ended, by: "request_for_purge (state=? AND completed_time"),
            PollQuery("families", PurgeQueries.families, by: "request_by_abs_parent (abs_parent_id=?"),
            PollQuery("deleteRoots", PurgeQueries.deleteRoots, by: "INTEGER PRIMARY KEY (rowid=?"),
            PollQuery(
                "deleteDescendants",
                PurgeQueries.deleteDescendants,
                by: "request_by_abs_parent (abs_parent_id=?"
            ),
            PollQuery("oldest", PurgeQueries.oldest, by: "request_by_abs_parent (abs_parent_id=? AND rowid>?"),
            PollQuery("deletePart", PurgeQueries.deletePart, by: "INTEGER PRIMARY KEY (rowid=?"),
            PollQuery("earliestDeletion", PurgeQueries.earliestDeletion, by: "request_for_removal"),
            PollQuery("removableRoots", PurgeQueries.removableRoots, by: "request_for_removal (deleted_time<?"),
            PollQuery("youngest", PurgeQueries.youngest, by: "request_by_abs_parent (abs_parent_id=?"),
            PollQuery("deletedAmong", PurgeQueries.deletedAmong, by: "INTEGER PRIMARY KEY (rowid=?"),
            PollQuery("storedAmong", PurgeQueries.storedAmong, by: "INTEGER PRIMARY KEY (rowid=?"),
        ]
        + PurgeQueries.ownedTables.map(\.0).enumerated().map { index, table in
            PollQuery("removal from \(table)", PurgeQueries.removals[index], by: removalIndexes[index])
        }

    private static let removalIndexes = [
        "PRIMARY KEY (request_id=?", "schedule_skip_by_request (request_id=?", "INTEGER PRIMARY KEY (rowid=?",
        "INTEGER PRIMARY KEY (rowid=?", "PRIMARY KEY (request_id=?", "PRIMARY KEY (request_id=?",
        "INTEGER PRIMARY KEY (rowid=?",
    ]
}
