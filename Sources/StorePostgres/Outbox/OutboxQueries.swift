import PostgresClient
import StoreSupport

/// The statements of the outbox. Each finds its rows by the index named: a test asks PostgreSQL for its plan.
enum OutboxQueries {
    /// Whether an entry is the oldest pending one of its request and channel. Index `outbox_in_order`.
    private static let isFirst = """
        (
            SELECT e.number FROM outbox AS e
            WHERE e.request_id = o.request_id AND e.channel = o.channel AND e.status = 0
            ORDER BY e.number LIMIT 1
        ) = o.number
        """

    /// What may be tried, due for longest first, with the callback of its subscriber or the parameters of its request,
    /// and its trace. Index `outbox_due`; parameters now, limit.
    static let due = PostgresStatement(
        """
        SELECT \(OutboxCodec.selection),
            CASE WHEN o.channel < 2 THEN (SELECT d.callback FROM request_detail AS d WHERE d.id = o.subscriber_id) END,
            CASE WHEN o.channel = 2 THEN (SELECT d.parameters FROM request_detail AS d WHERE d.id = o.request_id) END,
            (SELECT r.trace FROM request_fact AS r WHERE r.id = o.request_id)
        FROM outbox AS o WHERE o.status = 0 AND o.due_time <= $1::bigint AND \(isFirst)
        ORDER BY o.due_time, o.request_id, o.number LIMIT $2::bigint
        """
    )

    /// When the next of those that are not due yet is. Index `outbox_due`; parameter now.
    static let next = PostgresStatement(
        """
        SELECT o.due_time FROM outbox AS o WHERE o.status = 0 AND o.due_time > $1::bigint AND \(isFirst)
        ORDER BY o.due_time, o.request_id, o.number LIMIT 1
        """
    )

    /// By the primary key; parameter request.
    static let ofRequest = PostgresStatement(
        "SELECT \(OutboxCodec.selection) FROM outbox AS o WHERE o.request_id = $1::bigint ORDER BY o.number"
    )

    /// By the primary key; parameters request, number.
    static let entry = PostgresStatement(
        """
        SELECT \(OutboxCodec.selection) FROM outbox AS o WHERE o.request_id = $1::bigint AND o.number = $2::bigint
        FOR UPDATE
        """
    )

    static let insert = PostgresStatement(
        """
        INSERT INTO outbox (\(OutboxCodec.columns))
        SELECT \(OutboxCodec.columns) FROM unnest($1::outbox_row_1[])
        """
    )

    /// By the primary key; parameter: the entry as an array of one row.
    static let update = PostgresStatement(
        """
        UPDATE outbox AS o SET \(OutboxCodec.courseNames.map { "\($0) = n.\($0)" }.joined(separator: ", "))
        FROM unnest($1::outbox_row_1[]) AS n WHERE o.request_id = n.request_id AND o.number = n.number
        """
    )

    /// Those that wait for an entry. Index `outbox_in_order`; parameters time, request, channel, number.
    static let moveFollowers: PostgresStatement = """
        UPDATE outbox AS o SET due_time = $1::bigint
        WHERE o.request_id = $2::bigint AND o.channel = $3::bigint AND o.number > $4::bigint AND o.status = 0
        """

    /// Index `outbox_by_subscriber`; parameters status, subscriber.
    static let drop: PostgresStatement = """
        UPDATE outbox AS o SET status = $1::bigint WHERE o.subscriber_id = $2::bigint AND o.channel < 2 AND o.status = 0
        """

    /// Index `outbox_due`, all of it.
    static let backlog: PostgresStatement = """
        SELECT count(*), min(o.since_time) FROM outbox AS o WHERE o.status = 0
        """

    /// A request without parameters and callback has no row yet. Parameters request, callback.
    static let replaceCallback: PostgresStatement = """
        INSERT INTO request_detail (id, callback) VALUES ($1::bigint, $2::bytea)
        ON CONFLICT (id) DO UPDATE SET callback = excluded.callback
        """
}

extension PostgresPollQuery {
    /// Those of the outbox.
    package static let outbox = [
        PostgresPollQuery(
            "due",
            OutboxQueries.due,
            "1, 100",
            by: ["outbox_due", "outbox_in_order", "request_detail_pkey"],
            isWriters: false
        ),
        PostgresPollQuery(
            "next",
            OutboxQueries.next,
            "1",
            by: ["outbox_due", "outbox_in_order"],
            isWriters: false
        ),
        PostgresPollQuery("ofRequest", OutboxQueries.ofRequest, "1", by: ["outbox_pkey"], isWriters: false),
        PostgresPollQuery("entry", OutboxQueries.entry, "1, 1", by: ["outbox_pkey"]),
        PostgresPollQuery("moveFollowers", OutboxQueries.moveFollowers, "1, 1, 1, 1", by: ["outbox_in_order"]),
        PostgresPollQuery("drop", OutboxQueries.drop, "1, 1", by: ["outbox_by_subscriber"]),
    ]
}
