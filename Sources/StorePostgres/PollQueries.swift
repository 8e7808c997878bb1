import PostgresClient
import SchedulerCore
import StoreSupport

/// The statements that loops run again and again. Each finds its rows by the index named, whatever the tables hold
/// besides: a test asks PostgreSQL for its plan.
enum PollQueries {
    private static let changing = RequestColumns.policy + RequestColumns.changing
    /// What `RequestCodec.read` expects, from `request_fact AS f` and `request_course AS c`.
    private static let selection = (RequestColumns.fixed.map { "f.\($0)" } + changing.map { "c.\($0)" })
        .joined(separator: ", ")

    /// Leaves out classes of work. Parameter: their keys.
    private static func passingOver(_ parameter: String) -> String {
        """
        AND coalesce(c.work_class, 0) <> ALL (\(parameter)::bigint[])
        AND coalesce(c.work_group, 0) <> ALL (\(parameter)::bigint[])
        """
    }

    /// The best-ranked rows that `condition` lets through, locked, without those that others have locked: each
    /// priority in turn, so that none walks past rows that are not due yet, and none is locked in vain.
    ///
    /// Everything that may change is read from the locked row itself. `dispatch_at` is never before `scheduled_time`,
    /// and later only where something is delayed. Parameters: now, limit, classes of work to pass over.
    private static func ranked(_ condition: String) -> String {
        let priorities = (0...9).reversed().map { priority in
            """
            SELECT * FROM (
                SELECT c.* FROM request_course AS c
                WHERE \(condition) AND c.priority = \(priority)
                    AND c.scheduled_time <= $1::bigint AND c.dispatch_at <= $1::bigint
                    \(passingOver("$3"))
                ORDER BY c.scheduled_time, c.id LIMIT $2::bigint FOR UPDATE SKIP LOCKED
            ) AS p\(priority)
            """
        }
        return """
            WITH c AS MATERIALIZED (
                SELECT * FROM (\(priorities.joined(separator: " UNION ALL "))) AS ranked LIMIT $2::bigint
            )
            """
    }

    /// Due requests that may start or resume, with their parameters and an epoch each. Index `request_for_dispatch`.
    static let dispatch = PostgresStatement(
        """
        \(ranked("c.dispatch_at IS NOT NULL"))
        SELECT \(selection), (SELECT d.parameters FROM request_detail AS d WHERE d.id = c.id),
            nextval('attempt_epoch')
        FROM c JOIN request_fact AS f ON f.id = c.id
        """
    )

    /// Requests in WAIT that are due. Index `request_for_due_waiting`.
    static let dueWaiting = PostgresStatement(
        "\(ranked("c.state = 1")) SELECT \(selection) FROM c JOIN request_fact AS f ON f.id = c.id"
    )

    /// READY and due, longest first, locked. Index `request_for_starving`; parameters now, limit, classes of work to
    /// pass over.
    static let longestReady = PostgresStatement(
        """
        WITH c AS MATERIALIZED (
            SELECT c.* FROM request_course AS c
            WHERE c.state = 2 AND c.dispatch_at IS NOT NULL AND c.dispatch_at <= $1::bigint \(passingOver("$3"))
            ORDER BY c.ready_time, c.id LIMIT $2::bigint FOR UPDATE SKIP LOCKED
        )
        SELECT \(selection) FROM c JOIN request_fact AS f ON f.id = c.id
        """
    )

    /// How many attempts count against limits. Index `request_for_work_slots`; parameter slots.
    static let slotUse: PostgresStatement = """
        SELECT k, (SELECT count(*) FROM request_course AS c WHERE c.work_slot = k)
        FROM unnest($1::bigint[]) AS k
        """

    /// How many attempts of a node hold a thread under an assignment. Index `request_for_attempts`.
    static let threadUse: PostgresStatement = """
        SELECT c.owner, c.work_assignment, count(*) FROM request_course AS c
        WHERE c.owner IS NOT NULL GROUP BY c.owner, c.work_assignment
        """

    /// How many due requests come before a rank, each priority in turn. Index `request_for_dispatch`; parameters
    /// priority, time and number of the rank, now, limit of each priority.
    static let dueCount: PostgresStatement = """
        SELECT coalesce(sum(counted.n), 0)::bigint FROM generate_series($1::bigint, 9) AS p, LATERAL (
            SELECT count(*) AS n FROM (
                SELECT FROM request_course AS c
                WHERE c.dispatch_at IS NOT NULL AND c.priority = p AND c.dispatch_at <= $4::bigint
                    AND (c.scheduled_time, c.id) < (
                        CASE WHEN p = $1::bigint THEN $2::bigint ELSE $4::bigint END,
                        CASE WHEN p = $1::bigint THEN $3::bigint ELSE 9223372036854775807 END
                    )
                LIMIT $5::bigint
            ) AS due
        ) AS counted
        """

    /// How long the newest runs of definitions that ended well took. Index `request_for_usual`; parameters definitions,
    /// limit of each.
    static let usualDurations: PostgresStatement = """
        SELECT k, u.span FROM unnest($1::bigint[]) AS k, LATERAL (
            SELECT c.completed_time - c.first_start_time AS span FROM request_course AS c
            WHERE c.definition = k AND c.state IN (11, 12) AND c.first_start_time IS NOT NULL
            ORDER BY c.completed_time DESC LIMIT $2::bigint
        ) AS u
        """

    /// Rows that may run and have no group yet. Index `request_without_group`; parameters number, limit.
    static let withoutGroup = PostgresStatement(
        """
        SELECT \(selection) FROM request_course AS c JOIN request_fact AS f ON f.id = c.id
        WHERE c.work_group IS NULL AND c.completed_time IS NULL AND c.id > $1::bigint AND f.type NOT IN (1, 5)
        ORDER BY c.id LIMIT $2::bigint
        """
    )

    /// Gives rows their groups, without those that others have locked. Parameters numbers, groups.
    static let fillGroups: PostgresStatement = """
        UPDATE request_course AS c SET work_group = w.work_group::integer FROM (
            SELECT o.id, g.work_group FROM (
                SELECT id FROM request_course WHERE id = ANY ($1::bigint[]) AND work_group IS NULL
                ORDER BY id FOR UPDATE SKIP LOCKED
            ) AS o JOIN unnest($1::bigint[], $2::bigint[]) AS g (id, work_group) ON g.id = o.id
        ) AS w WHERE c.id = w.id
        """

    /// A timer is due. Index `request_for_timers`; parameters now, limit.
    static let dueTimers = PostgresStatement(
        """
        WITH c AS MATERIALIZED (
            SELECT c.* FROM request_course AS c WHERE c.timer_at <= $1::bigint
            ORDER BY c.timer_at, c.id LIMIT $2::bigint FOR UPDATE SKIP LOCKED
        )
        SELECT \(selection) FROM c JOIN request_fact AS f ON f.id = c.id
        """
    )

    /// The requests of these numbers and all above them, locked in order of their numbers: whoever changes a tree has
    /// its root first. Parameter numbers.
    static let locked = PostgresStatement("\(withAncestors) ORDER BY c.id FOR UPDATE OF c")

    /// The same without those that others have locked: for who holds rows already and must not wait.
    static let lockedIfFree = PostgresStatement("\(withAncestors) ORDER BY c.id FOR UPDATE OF c SKIP LOCKED")

    private static let withAncestors = """
        WITH RECURSIVE above AS (
            SELECT f.id, f.parent_id FROM request_fact AS f WHERE f.id = ANY ($1::bigint[])
            UNION
            SELECT f.id, f.parent_id FROM above AS a JOIN request_fact AS f ON f.id = a.parent_id
        )
        SELECT \(selection) FROM request_course AS c JOIN request_fact AS f ON f.id = c.id
        WHERE c.id = ANY (ARRAY(SELECT a.id FROM above AS a))
        """

    /// Children that are not terminal, locked. Index `request_for_live_children`; parameter parents.
    static let liveChildren = PostgresStatement(
        """
        SELECT \(selection) FROM request_course AS c JOIN request_fact AS f ON f.id = c.id
        WHERE c.parent_id = ANY ($1::bigint[]) AND c.completed_time IS NULL ORDER BY c.id FOR UPDATE OF c
        """
    )

    /// Requests as they are, without a lock. Parameter numbers.
    static let glance = PostgresStatement(
        """
        SELECT \(selection) FROM request_course AS c JOIN request_fact AS f ON f.id = c.id
        WHERE c.id = ANY ($1::bigint[])
        """
    )

    /// Index `request_for_live_children`; parameters parent, limit.
    static let glanceAtChildren = PostgresStatement(
        """
        SELECT \(selection) FROM request_course AS c JOIN request_fact AS f ON f.id = c.id
        WHERE c.parent_id = $1::bigint AND c.completed_time IS NULL ORDER BY c.id LIMIT $2::bigint
        """
    )

    static let plan: PostgresStatement = "SELECT plan FROM request_plan WHERE id = $1::bigint"

    static let parameters: PostgresStatement = "SELECT id, parameters FROM request_detail WHERE id = ANY ($1::bigint[])"

    /// Those of the definitions that have a pending request. Index `request_for_pending_check`; parameter keys.
    static let pending: PostgresStatement = """
        SELECT k FROM unnest($1::bigint[]) AS k WHERE EXISTS (
            SELECT FROM request_course AS c WHERE c.definition = k AND c.is_pending = 1
        )
        """

    /// Earliest due time of a request in WAIT, earliest timer. Indexes `request_for_due_waiting`, once a priority,
    /// `request_for_dispatch_delayed` and `request_for_timers`. Parameter: classes of work that do not count.
    static let nextInstants = PostgresStatement(
        """
        SELECT
            (
                SELECT least(
                    min(
                        (
                            SELECT c.scheduled_time FROM request_course AS c
                            WHERE c.state = 1 AND c.priority = p AND c.dispatch_at = c.scheduled_time
                                \(passingOver("$1"))
                            ORDER BY c.scheduled_time LIMIT 1
                        )
                    ),
                    (
                        SELECT c.dispatch_at FROM request_course AS c
                        WHERE c.state = 1 AND c.dispatch_at <> c.scheduled_time
                            \(passingOver("$1"))
                        ORDER BY c.dispatch_at LIMIT 1
                    )
                ) FROM generate_series(0, 9) AS p
            ),
            (SELECT c.timer_at FROM request_course AS c WHERE c.timer_at IS NOT NULL ORDER BY c.timer_at LIMIT 1)
        """
    )

    /// The lease of a node, and whether it is quiesced. Parameter node.
    static let standing = PostgresStatement(
        """
        SELECT n.lease_end, EXISTS (
            SELECT FROM quiesced AS q WHERE q.name IN (\(QuiesceTarget.storedNamesOfNode))
        )
        FROM node AS n WHERE n.id = $1::bigint
        """
    )

    /// Attempts that a node runs. Index `request_for_attempts`; parameters owner, number, limit.
    static let attemptsOfNode = PostgresStatement(
        """
        SELECT \(RequestColumns.selection) FROM request AS r
        WHERE r.owner = $1::bigint AND r.id > $2::bigint ORDER BY r.id LIMIT $3::bigint
        """
    )

    /// Attempts whose node is gone. Index `request_for_attempts`, sorted: what runs is little, so the order of numbers
    /// must not lead the planner to walk through all of them. Parameters owner, number, limit, now.
    static let attemptsLost = PostgresStatement(
        """
        SELECT \(selection) FROM (
            SELECT c.* FROM request_course AS c
            WHERE c.owner IS NOT NULL AND c.owner <> $1::bigint AND c.id + 0 > $2::bigint
                AND NOT EXISTS (SELECT FROM node AS n WHERE n.id = c.owner AND n.lease_end > $4::bigint)
            ORDER BY c.id + 0 LIMIT $3::bigint
        ) AS c JOIN request_fact AS f ON f.id = c.id
        ORDER BY c.id
        """
    )

    /// Requests of these numbers with their side data; deleted ones do not exist for readers. Parameter numbers.
    static let details = PostgresStatement(
        """
        SELECT \(RequestColumns.selection), (SELECT d.callback FROM request_detail AS d WHERE d.id = r.id),
            (SELECT d.parameters FROM request_detail AS d WHERE d.id = r.id), \(RequestColumns.plan)
        FROM request AS r
        WHERE r.id = ANY ($1::bigint[]) AND r.deleted_time IS NULL
        """
    )

    static let history = PostgresStatement(
        "SELECT \(TransitionStep.columns) FROM history WHERE request_id = $1 ORDER BY step"
    )

    /// Index `schedule_skip_by_request`.
    static let skips = PostgresStatement(
        "SELECT \(SkipRecord.columns) FROM schedule_skip WHERE request_id = $1 ORDER BY first_instant"
    )

    /// Index `audit_by_target`.
    static let auditTrail = PostgresStatement(
        "SELECT \(AuditRecord.columns) FROM audit WHERE target_kind = $1 AND target_id = $2 ORDER BY id"
    )

    static let storeTime: PostgresStatement = "SELECT store_time($1::bigint, $2::bigint)"
}
