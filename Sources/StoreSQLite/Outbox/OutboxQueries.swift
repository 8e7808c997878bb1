import StoreSupport

/// The statements of the outbox. Each finds its rows by the index named: a test asks SQLite for its plan.
enum OutboxQueries {
    /// Whether an entry is the oldest pending one of its request and channel. Index `outbox_in_order`.
    private static let isFirst = """
        (
            SELECT min(e.number) FROM outbox AS e INDEXED BY outbox_in_order
            WHERE e.request_id = o.request_id AND e.channel = o.channel AND e.status = 0
        ) = o.number
        """

    /// What may be tried, due for longest first, with the callback of its subscriber or the parameters of its request,
    /// and its trace. Index `outbox_due`; parameters now, limit.
    static let due = """
        SELECT \(OutboxCodec.selection),
            CASE WHEN o.channel < 2 THEN (SELECT d.callback FROM request_detail AS d WHERE d.id = o.subscriber_id) END,
            CASE WHEN o.channel = 2 THEN (SELECT d.parameters FROM request_detail AS d WHERE d.id = o.request_id) END,
            (SELECT r.trace FROM request AS r WHERE r.id = o.request_id)
        FROM outbox AS o WHERE o.status = 0 AND o.due_time <= ? AND \(isFirst)
        ORDER BY o.due_time LIMIT ?
        """

    /// When the next of those that are not due yet is. Index `outbox_due`; parameter now.
    static let next = """
        SELECT o.due_time FROM outbox AS o WHERE o.status = 0 AND o.due_time > ? AND \(isFirst)
        ORDER BY o.due_time LIMIT 1
        """

    /// By the primary key; parameter request.
    static let ofRequest = """
        SELECT \(OutboxCodec.selection) FROM outbox AS o WHERE o.request_id = ? ORDER BY o.number
        """

    /// By the primary key; parameters request, number.
    static let entry = "SELECT \(OutboxCodec.selection) FROM outbox AS o WHERE o.request_id = ? AND o.number = ?"

    static let insert = """
        INSERT INTO outbox (\(OutboxCodec.columns)) VALUES (\(OutboxCodec.columnNames.map { _ in "?" }
            .joined(separator: ", ")))
        """

    /// By the primary key; parameters: what changes, request, number.
    static let update = """
        UPDATE outbox SET \(OutboxCodec.courseNames.map { "\($0) = ?" }.joined(separator: ", "))
        WHERE request_id = ? AND number = ?
        """

    /// Those that wait for an entry. Index `outbox_in_order`; parameters time, request, channel, number.
    static let moveFollowers = """
        UPDATE outbox AS o INDEXED BY outbox_in_order SET due_time = ?
        WHERE o.request_id = ? AND o.channel = ? AND o.number > ? AND o.status = 0
        """

    /// Index `outbox_by_subscriber`; parameters status, subscriber.
    static let drop = "UPDATE outbox AS o SET status = ? WHERE o.subscriber_id = ? AND o.channel < 2 AND o.status = 0"

    /// Index `outbox_due`, all of it.
    static let backlog = """
        SELECT count(*), min(o.since_time) FROM outbox AS o INDEXED BY outbox_due WHERE o.status = 0
        """

    /// A request without parameters and callback has no row yet. Parameters request, callback.
    static let replaceCallback = """
        INSERT INTO request_detail (id, callback) VALUES (?, ?)
        ON CONFLICT (id) DO UPDATE SET callback = excluded.callback
        """
}

extension PollQuery {
    /// Those of the outbox.
    package static let outbox = [
        PollQuery("due", OutboxQueries.due, by: "outbox_due (due_time<?", "outbox_in_order (request_id=?"),
        PollQuery("next", OutboxQueries.next, by: "outbox_due (due_time>?", "outbox_in_order (request_id=?"),
        PollQuery("ofRequest", OutboxQueries.ofRequest, by: "PRIMARY KEY (request_id=?"),
        PollQuery("entry", OutboxQueries.entry, by: "PRIMARY KEY (request_id=? AND number=?"),
        PollQuery("update", OutboxQueries.update, by: "PRIMARY KEY (request_id=? AND number=?"),
        PollQuery("moveFollowers", OutboxQueries.moveFollowers, by: "outbox_in_order (request_id=? AND channel=?"),
        PollQuery("drop", OutboxQueries.drop, by: "outbox_by_subscriber (subscriber_id=?"),
        PollQuery("backlog", OutboxQueries.backlog, by: "outbox_due"),
    ]
}
