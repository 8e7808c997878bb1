import PostgresClient
import StoreSupport

/// The statements of a purge. Each finds its rows by the index named, whatever the tables hold besides: a test asks
/// PostgreSQL for its plan.
enum PurgeQueries {
    /// Roots that ended in a state, oldest first, but for those that another transaction has in hand: nothing waits for
    /// a purge, and a purge waits for nobody. Index `request_for_purge`; parameters state, cutoff, time and number of
    /// the last one that was looked at, limit.
    static let ended = PostgresStatement(
        """
        SELECT \(RequestColumns.selection) FROM (
            SELECT c.id FROM request_course AS c
            WHERE c.parent_id IS NULL AND c.deleted_time IS NULL AND c.state = $1::bigint
                AND c.completed_time <= $2::bigint AND (c.completed_time, c.id) > ($3::bigint, $4::bigint)
            ORDER BY c.completed_time, c.id LIMIT $5::bigint FOR UPDATE SKIP LOCKED
        ) AS w JOIN request AS r ON r.id = w.id
        """
    )

    /// What lies below a root. Index `request_by_abs_parent`; parameter numbers.
    static let families: PostgresStatement = """
        SELECT w.id, b.descendants, b.live FROM unnest($1::bigint[]) AS w (id), LATERAL (
            SELECT count(*) AS descendants, count(*) FILTER (WHERE c.completed_time IS NULL) AS live
            FROM request_fact AS f JOIN request_course AS c ON c.id = f.id
            WHERE f.abs_parent_id = w.id AND f.abs_parent_id <> f.id
        ) AS b
        """

    /// By their rows; parameters time, whether they are kept, numbers.
    static let deleteRoots: PostgresStatement = """
        UPDATE request_course AS c SET deleted_time = $1::bigint, dispatch_at = NULL, is_kept = $2::bigint
        WHERE c.id = ANY ($3::bigint[]) AND c.deleted_time IS NULL
        """

    /// What is deleted keeps its time: none may be deleted later than its root. By their rows; parameters time, root.
    static let deleteDescendants: PostgresStatement = """
        UPDATE request_course AS c SET deleted_time = coalesce(c.deleted_time, $1::bigint), dispatch_at = NULL
        FROM request_fact AS f
        WHERE f.id = c.id AND f.abs_parent_id = $2::bigint AND f.abs_parent_id <> f.id
        """

    /// Likewise. Index `request_by_abs_parent`; parameters time, root, number after which it begins, limit.
    static let deletePart: PostgresStatement = """
        UPDATE request_course AS c SET deleted_time = coalesce(c.deleted_time, $1::bigint), dispatch_at = NULL FROM (
            SELECT f.id FROM request_fact AS f
            WHERE f.abs_parent_id = $2::bigint AND f.abs_parent_id <> f.id AND f.id > $3::bigint
            ORDER BY f.id LIMIT $4::bigint
        ) AS w
        WHERE w.id = c.id RETURNING c.id
        """

    /// Index `request_for_removal`.
    static let earliestDeletion: PostgresStatement = """
        SELECT c.deleted_time FROM request_course AS c
        WHERE c.parent_id IS NULL AND c.deleted_time IS NOT NULL AND c.is_kept IS NULL
        ORDER BY c.deleted_time, c.id LIMIT 1
        """

    /// Roots of trees that may go. Index `request_for_removal`; parameters cutoff, limit.
    static let removableRoots: PostgresStatement = """
        SELECT c.id, (c.kinship IS NOT NULL)::integer FROM request_course AS c
        WHERE c.parent_id IS NULL AND c.is_kept IS NULL AND c.deleted_time <= $1::bigint
        ORDER BY c.deleted_time, c.id LIMIT $2::bigint
        """

    /// The youngest below a root. Index `request_by_abs_parent`; parameters root, limit.
    static let youngest: PostgresStatement = """
        SELECT f.id FROM request_fact AS f WHERE f.abs_parent_id = $1::bigint AND f.abs_parent_id <> f.id
        ORDER BY f.id DESC LIMIT $2::bigint
        """

    /// Those of the numbers that are deleted for long. By their rows; parameters numbers, cutoff.
    static let deletedAmong: PostgresStatement = """
        SELECT c.id FROM request_course AS c WHERE c.id = ANY ($1::bigint[]) AND c.deleted_time <= $2::bigint
        FOR UPDATE SKIP LOCKED
        """

    static let storedAmong: PostgresStatement = "SELECT c.id FROM request_course AS c WHERE c.id = ANY ($1::bigint[])"

    /// Everything that belongs to a request, the request itself last; each with the numbers as a parameter. The audit
    /// trail stays. Whoever adds such a table adds it here.
    static let removals = ownedTables.map { table, column in
        PostgresStatement("DELETE FROM \(table) WHERE \(column) = ANY ($1::bigint[])")
    }

    static let ownedTables = [
        ("history", "request_id"), ("schedule_skip", "request_id"), ("request_detail", "id"), ("request_plan", "id"),
        ("lock_claim", "request_id"), ("outbox", "request_id"), ("request_fact", "id"), ("request_course", "id"),
    ]

    /// The oldest come first. Planned anew each time: a plan made for an empty trail would be kept for a full one.
    /// Parameters limit, cutoff.
    static let removeAudit = PostgresStatement.once(
        """
        DELETE FROM audit WHERE id = ANY (ARRAY(
            SELECT a.id FROM (SELECT id, time FROM audit ORDER BY id LIMIT $1::bigint) AS a WHERE a.time < $2::bigint
        ))
        """
    )
}

extension PostgresPollQuery {
    /// Tables whose rows go with their requests.
    package static let purgedTables = PurgeQueries.ownedTables.map(\.0)

    /// Those of a purge.
    package static let purge =
        [
            PostgresPollQuery("ended", PurgeQueries.ended, "12, 500000, 3, 3, 100", by: ["request_for_purge"]),
            PostgresPollQuery("families", PurgeQueries.families, "'{7}'", by: ["request_by_abs_parent"]),
            PostgresPollQuery("deleteRoots", PurgeQueries.deleteRoots, "1, NULL, '{7}'", by: ["request_course_pkey"]),
            PostgresPollQuery(
                "deleteDescendants",
                PurgeQueries.deleteDescendants,
                "1, 7",
                by: ["request_by_abs_parent", "request_course_pkey"]
            ),
            PostgresPollQuery(
                "earliestDeletion",
                PurgeQueries.earliestDeletion,
                by: ["request_for_removal"],
                isWriters: false
            ),
            PostgresPollQuery(
                "removableRoots",
                PurgeQueries.removableRoots,
                "500000, 100",
                by: ["request_for_removal"],
                isWriters: false
            ),
            PostgresPollQuery(
                "youngest",
                PurgeQueries.youngest,
                "7, 100",
                by: ["request_by_abs_parent"],
                isWriters: false
            ),
            PostgresPollQuery("deletePart", PurgeQueries.deletePart, "1, 7, 0, 100", by: ["request_by_abs_parent"]),
            PostgresPollQuery("deletedAmong", PurgeQueries.deletedAmong, "'{7}', 1", by: ["request_course_pkey"]),
            PostgresPollQuery(
                "storedAmong",
                PurgeQueries.storedAmong,
                "'{7}'",
                by: ["request_course_pkey"],
                isWriters: false
            ),
        ]
        + zip(PurgeQueries.ownedTables, PurgeQueries.removals).compactMap { table, statement in
            // As good as empty: any plan will do.
            guard table.0 != "lock_claim" else { return nil }
            let index = table.0 == "schedule_skip" ? "schedule_skip_by_request" : "\(table.0)_pkey"
            return PostgresPollQuery("removal from \(table.0)", statement, "'{7}'", by: [index])
        }
}
