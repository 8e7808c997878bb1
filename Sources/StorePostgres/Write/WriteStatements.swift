import PostgresClient
import SchedulerCore
import StoreSupport

/// The statements that write, each for any number of rows.
enum WriteStatements {
    static let begin: PostgresStatement = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
    static let commit: PostgresStatement = "COMMIT"
    static let rollback: PostgresStatement = "ROLLBACK"

    /// Store time and numbers for new requests. Parameters: newest instant seen, wall clock or NULL, how many numbers.
    static let moment: PostgresStatement = """
        SELECT store_time($1::bigint, $2::bigint),
            ARRAY(SELECT nextval('request_number') FROM generate_series(1, $3::bigint))
        """

    /// Parameter: how many.
    static let requestNumbers: PostgresStatement = """
        SELECT nextval('request_number') FROM generate_series(1, $1::bigint)
        """
    /// Parameter: how many.
    static let epochs: PostgresStatement = "SELECT nextval('attempt_epoch') FROM generate_series(1, $1::bigint)"

    /// Keeps others from asking the same before we have committed. Parameter: keys of definitions in order.
    static let lockDefinitions = PostgresStatement(
        "SELECT pg_advisory_xact_lock(\(definitionLocks), k::integer) FROM unnest($1::bigint[]) AS k"
    )
    /// First half of the keys of our advisory locks on definitions: "ESdf".
    private static let definitionLocks = 0x4553_6466

    /// Keeps other passes from counting before ours has committed. Parameter: keys of slots in order.
    static let lockSlots = PostgresStatement(
        "SELECT pg_advisory_xact_lock(\(slotLocks), k::integer) FROM unnest($1::bigint[]) AS k"
    )
    /// First half of the keys of our advisory locks on limits of workshifts: "ESws".
    private static let slotLocks = 0x4553_7773

    /// No instant is written that a server with a slower clock could repeat. Parameter: time of the transaction.
    static let keepTime: PostgresStatement = """
        SELECT setval('store_clock', greatest($1::bigint, last_value)) FROM store_clock
        """

    static let insertFacts: PostgresStatement = {
        let columns = RequestColumns.fixed.joined(separator: ", ")
        return PostgresStatement(
            "INSERT INTO request_fact (\(columns)) SELECT \(columns) FROM unnest($1::fact_row_2[])"
        )
    }()

    static let insertCourse: PostgresStatement = {
        let columns = (["id", "definition", "parent_id", "work_class", RequestColumns.group] + written).joined(
            separator: ", "
        )
        return PostgresStatement(
            "INSERT INTO request_course (\(columns)) SELECT \(columns) FROM unnest($1::course_row_3[])"
        )
    }()

    static let insertDetails: PostgresStatement = """
        INSERT INTO request_detail (id, callback, parameters)
        SELECT id, callback, parameters FROM unnest($1::detail_row_1[])
        """

    /// Code of the error with which the guard of a write fails.
    static let guardCode = "ES051"

    /// The guard of every write: the row is still what the decision was made for; one that is not fails the
    /// transaction, and is named. Parameters: rows, how many.
    static let updateCourse: PostgresStatement = {
        let assignments = written.map { "\($0) = n.\($0)" }.joined(separator: ", ")
        return PostgresStatement(
            """
            WITH done AS (
                UPDATE request_course AS c SET \(assignments) FROM unnest($1::course_row_3[]) AS n
                WHERE c.id = n.id AND c.state = n.before_state AND c.epoch IS NOT DISTINCT FROM n.before_epoch
                    AND c.revision = n.before_revision
                RETURNING c.id
            )
            SELECT CASE WHEN (SELECT count(*) FROM done) <> $2::bigint THEN refuse_write(
                (SELECT min(n.id) FROM unnest($1::course_row_3[]) AS n WHERE n.id NOT IN (SELECT id FROM done))
            ) END
            """
        )
    }()

    /// Of a refresh. Parameter: rows.
    static let updateFacts: PostgresStatement = {
        let assignments = RequestColumns.fixed.dropFirst().map { "\($0) = n.\($0)" }.joined(separator: ", ")
        return PostgresStatement(
            "UPDATE request_fact AS f SET \(assignments) FROM unnest($1::fact_row_2[]) AS n WHERE f.id = n.id"
        )
    }()

    /// The facts that loops look at. Parameter: rows.
    static let updateClasses = PostgresStatement(
        """
        UPDATE request_course AS c SET work_class = n.work_class, \(RequestColumns.group) = n.\(RequestColumns.group)
        FROM unnest($1::course_row_3[]) AS n WHERE c.id = n.id
        """
    )

    static let insertSteps: PostgresStatement = """
        INSERT INTO history (request_id, event, source, target, time, attempt, refusal)
        SELECT request_id, event, source, target, time, attempt, refusal FROM unnest($1::step_row_1[])
        """

    /// Of two for one root the later counts: one that was just made may be replaced.
    static let insertPlans: PostgresStatement = """
        INSERT INTO request_plan (id, plan) SELECT id, plan FROM unnest($1::plan_row_1[])
        ON CONFLICT (id) DO UPDATE SET plan = excluded.plan
        """

    /// A request without parameters and callback has no row yet.
    static let replaceParameters: PostgresStatement = """
        INSERT INTO request_detail (id, parameters) SELECT id, parameters FROM unnest($1::detail_row_1[])
        ON CONFLICT (id) DO UPDATE SET parameters = excluded.parameters
        """

    static let insertSkips: PostgresStatement = """
        INSERT INTO schedule_skip (request_id, first_instant, last_instant, instants, is_exact, reason, time)
        SELECT request_id, first_instant, last_instant, instants, is_exact, reason, time FROM unnest($1::skip_row_1[])
        """

    /// Parameters: time, root.
    static let deleteDescendants: PostgresStatement = """
        UPDATE request_course AS c SET deleted_time = $1::bigint, dispatch_at = NULL FROM request_fact AS f
        WHERE f.id = c.id AND f.abs_parent_id = $2::bigint AND f.id <> $2::bigint
        """

    static let insertAudit = PostgresStatement(
        """
        INSERT INTO audit (\(AuditRecord.columns))
        SELECT \(AuditRecord.columns) FROM unnest($1::audit_row_3[])
        """
    )

    private static let written = RequestColumns.policy + RequestColumns.changing + RequestColumns.derived
}
