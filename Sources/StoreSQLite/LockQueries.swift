import SchedulerCore
import StoreSupport

/// The statements over `lock_claim`. A test asks SQLite for their plans.
enum LockQueries {
    /// Index: primary key; parameter request.
    static let ofRequest = "SELECT \(LockClaim.selection) FROM lock_claim AS l WHERE l.request_id = ?1"

    /// Index `lock_claim_held`; parameters key, entity, whether it conflicts with itself, request, limit.
    static let held = """
        SELECT \(LockClaim.selection) FROM lock_claim AS l INDEXED BY lock_claim_held
        WHERE l.key = ?1 AND \(LockStatements.isHeld) AND (l.entity <> ?2 OR ?3) AND l.request_id <> ?4
        \(LockStatements.order) LIMIT ?5
        """

    /// Index `lock_claim_queue`; parameters as for `held`, then a rank.
    static let waitingBefore = """
        SELECT \(LockClaim.selection) FROM lock_claim AS l INDEXED BY lock_claim_queue
        WHERE l.key = ?1 AND \(LockStatements.isWaiting) AND (l.entity <> ?2 OR ?3) AND l.request_id <> ?4
            AND \(LockStatements.rank) < (?6, ?7, ?8)
        \(LockStatements.order) LIMIT ?5
        """

    /// Index `lock_claim_queue`; parameters key, limit, a rank.
    static let queue = """
        SELECT \(LockClaim.selection) FROM lock_claim AS l INDEXED BY lock_claim_queue
        WHERE l.key = ?1 AND l.is_inner = 0 AND \(LockStatements.isWaiting)
            AND \(LockStatements.rank) > (?3, ?4, ?5)
        \(LockStatements.order) LIMIT ?2
        """

    /// Index `lock_claim_inner`; parameters key, limit, a rank.
    static let innerQueue = """
        SELECT \(LockClaim.selection) FROM lock_claim AS l INDEXED BY lock_claim_inner
        WHERE l.key = ?1 AND l.is_inner = 1 AND \(LockStatements.isWaiting)
            AND \(LockStatements.rank) > (?3, ?4, ?5)
        \(LockStatements.order) LIMIT ?2
        """

    /// Index `lock_claim_held`; parameter key.
    static let holderCount = """
        SELECT count(*) FROM lock_claim AS l INDEXED BY lock_claim_held WHERE l.key = ?1 AND \(LockStatements.isHeld)
        """

    /// Index `lock_claim_queue`; parameters key, a rank.
    static let queueCount = """
        SELECT count(*) FROM lock_claim AS l INDEXED BY lock_claim_queue
        WHERE l.key = ?1 AND \(LockStatements.isWaiting) AND \(LockStatements.rank) < (?2, ?3, ?4)
        """

    /// Index `lock_claim_waiting`; parameters request, limit.
    static let waitingRequests = """
        SELECT DISTINCT l.request_id FROM lock_claim AS l INDEXED BY lock_claim_waiting
        WHERE \(LockStatements.isWaiting) AND l.request_id > ?1 ORDER BY l.request_id LIMIT ?2
        """

    static let delete = "DELETE FROM lock_claim WHERE request_id = ?1"

    static let insert: String = {
        let marks = LockClaim.columnNames.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO lock_claim (\(LockClaim.columnNames.joined(separator: ", "))) VALUES (\(marks))"
    }()

    /// Index `request_for_live_children`; parameters parent, limit.
    static let children = """
        SELECT \(RequestColumns.selection) FROM request AS r INDEXED BY request_for_live_children
        WHERE r.parent_id = ? AND r.completed_time IS NULL ORDER BY r.id LIMIT ?
        """
}

extension PollQuery {
    package static let locks = [
        PollQuery("claims", LockQueries.ofRequest, by: "PRIMARY KEY (request_id=?"),
        PollQuery("held", LockQueries.held, by: "lock_claim_held (key=?", sorts: true),
        PollQuery("waitingBefore", LockQueries.waitingBefore, by: "lock_claim_queue (key=? AND (urgency,"),
        PollQuery("queue", LockQueries.queue, by: "lock_claim_queue (key=? AND (urgency,"),
        PollQuery("innerQueue", LockQueries.innerQueue, by: "lock_claim_inner (key=? AND (urgency,"),
        PollQuery("holderCount", LockQueries.holderCount, by: "lock_claim_held (key=?"),
        PollQuery("queueCount", LockQueries.queueCount, by: "lock_claim_queue (key=? AND (urgency,"),
        PollQuery("waitingRequests", LockQueries.waitingRequests, by: "lock_claim_waiting"),
        PollQuery("children", LockQueries.children, by: "request_for_live_children"),
    ]
}
