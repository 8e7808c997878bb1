import PostgresClient
import SchedulerCore
import StoreSupport

/// The statements over `lock_claim`, and the keys that are locked before it is changed: advisory locks, because a key
/// is a row only while somebody has it or waits for it.
enum LockQueries {
    /// Keys of all claims in the trees of some requests, locked in ascending order of what stands for them. Index
    /// `lock_claim_tree`; parameter requests.
    static let lockTrees: PostgresStatement = """
        SELECT k.key, pg_advisory_xact_lock(k.number) FROM (
            SELECT DISTINCT hashtextextended(l.key, 0) AS number, l.key FROM lock_claim AS l
            WHERE l.root_id = ANY (ARRAY(SELECT f.abs_parent_id FROM request_fact AS f WHERE f.id = ANY ($1::bigint[])))
            ORDER BY 1
        ) AS k
        """

    /// The same keys as they are now, by root. Parameter roots.
    static let ofTrees: PostgresStatement = """
        SELECT DISTINCT l.root_id, l.key FROM lock_claim AS l WHERE l.root_id = ANY ($1::bigint[])
        """

    /// Parameter requests.
    static let ofTreesOf: PostgresStatement = """
        SELECT DISTINCT l.key FROM lock_claim AS l
        WHERE l.root_id = ANY (ARRAY(SELECT f.abs_parent_id FROM request_fact AS f WHERE f.id = ANY ($1::bigint[])))
        """

    /// Whether there is any claim at all.
    static let isUsed: PostgresStatement = "SELECT EXISTS (SELECT FROM lock_claim)"

    /// Locks keys without waiting for anybody. Parameter keys.
    static let lock: PostgresStatement = """
        SELECT k.key, pg_try_advisory_xact_lock(k.number) FROM (
            SELECT DISTINCT hashtextextended(u.key, 0) AS number, u.key FROM unnest($1::text[]) AS u (key) ORDER BY 1
        ) AS k
        """

    /// Primary key; parameter requests.
    static let ofRequests = PostgresStatement(
        "SELECT \(LockClaim.selection) FROM lock_claim AS l WHERE l.request_id = ANY ($1::bigint[])"
    )

    /// Index `lock_claim_held`; parameters key, entity, whether it conflicts with itself, request, limit.
    static let held = PostgresStatement(
        """
        SELECT \(LockClaim.selection) FROM lock_claim AS l
        WHERE l.key = $1::text AND \(LockStatements.isHeld) AND (l.entity <> $2::bigint OR $3::bigint = 1)
            AND l.request_id <> $4::bigint
        \(LockStatements.order) LIMIT $5::bigint
        """
    )

    /// Index `lock_claim_queue`; parameters as for `held`, then a rank.
    static let waitingBefore = PostgresStatement(
        """
        SELECT \(LockClaim.selection) FROM lock_claim AS l
        WHERE l.key = $1::text AND \(LockStatements.isWaiting) AND (l.entity <> $2::bigint OR $3::bigint = 1)
            AND l.request_id <> $4::bigint
            AND \(LockStatements.rank) < ($6::bigint, $7::bigint, $8::bigint)
        \(LockStatements.order) LIMIT $5::bigint
        """
    )

    /// Index `lock_claim_queue`; parameters key, limit, a rank.
    static let queue = line(isInner: 0)

    /// Index `lock_claim_inner`; parameters key, limit, a rank.
    static let innerQueue = line(isInner: 1)

    private static func line(isInner: Int) -> PostgresStatement {
        PostgresStatement(
            """
            SELECT \(LockClaim.selection) FROM lock_claim AS l
            WHERE l.key = $1::text AND l.is_inner = \(isInner) AND \(LockStatements.isWaiting)
                AND \(LockStatements.rank) > ($3::bigint, $4::bigint, $5::bigint)
            \(LockStatements.order) LIMIT $2::bigint
            """
        )
    }

    /// Index `lock_claim_held`; parameter key.
    static let holderCount = PostgresStatement(
        "SELECT count(*) FROM lock_claim AS l WHERE l.key = $1::text AND \(LockStatements.isHeld)"
    )

    /// Index `lock_claim_queue`; parameters key, a rank.
    static let queueCount = PostgresStatement(
        """
        SELECT count(*) FROM lock_claim AS l WHERE l.key = $1::text AND \(LockStatements.isWaiting)
            AND \(LockStatements.rank) < ($2::bigint, $3::bigint, $4::bigint)
        """
    )

    /// Index `lock_claim_waiting`; parameters request, limit.
    static let waitingRequests = PostgresStatement(
        """
        SELECT DISTINCT l.request_id FROM lock_claim AS l
        WHERE \(LockStatements.isWaiting) AND l.request_id > $1::bigint ORDER BY l.request_id LIMIT $2::bigint
        """
    )

    /// Parameter requests.
    static let delete: PostgresStatement = "DELETE FROM lock_claim WHERE request_id = ANY ($1::bigint[])"

    static let insert: PostgresStatement = {
        let columns = LockClaim.columnNames.joined(separator: ", ")
        return PostgresStatement(
            "INSERT INTO lock_claim (\(columns)) SELECT \(columns) FROM unnest($1::lock_row_1[])"
        )
    }()
}
