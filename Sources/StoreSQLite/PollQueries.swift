import SchedulerCore
import StoreSupport

/// The statements that loops run again and again. Each finds its rows by the index named, whatever the table holds
/// besides: a test asks SQLite for its plan.
enum PollQueries {
    /// Leaves out classes of work. Parameter: their keys as a JSON array.
    private static func passingOver(_ parameter: String) -> String {
        """
        AND coalesce(r.work_class, 0) NOT IN (SELECT value FROM json_each(\(parameter)))
            AND coalesce(r.work_group, 0) NOT IN (SELECT value FROM json_each(\(parameter)))
        """
    }

    /// WAIT and due at one priority, in order of `Rank`; `dispatch_at` is never before `scheduled_time`, and later only
    /// where something is delayed. Index `request_for_dispatch_waiting`; parameters priority, now, limit.
    static let dispatchWaiting = dispatchWaiting(condition: "")

    /// The same without some classes of work; parameters priority, now, limit, keys.
    static let dispatchWaitingOfSome = dispatchWaiting(condition: passingOver("?4"))

    private static func dispatchWaiting(condition: String) -> String {
        """
        SELECT \(RequestColumns.selection) FROM request AS r
        WHERE r.state = 1 AND r.priority = ?1 AND r.scheduled_time <= ?2 AND r.dispatch_at <= ?2 \(condition)
        ORDER BY r.scheduled_time, r.id LIMIT ?3
        """
    }

    /// READY, or PAUSED with a queued resume, and due at one priority. Index `request_for_dispatch_queued`; parameters
    /// priority, now, limit.
    static let dispatchQueued = dispatchQueued(condition: "")

    /// The same without some classes of work; parameters priority, now, limit, keys.
    static let dispatchQueuedOfSome = dispatchQueued(condition: passingOver("?4"))

    private static func dispatchQueued(condition: String) -> String {
        """
        SELECT \(RequestColumns.selection) FROM request AS r
        WHERE r.state <> 1 AND r.dispatch_at IS NOT NULL AND r.priority = ?1 AND r.scheduled_time <= ?2
            AND r.dispatch_at <= ?2 \(condition)
        ORDER BY r.scheduled_time, r.id LIMIT ?3
        """
    }

    /// READY and due, longest first. Index `request_for_starving`; parameters now, limit, keys.
    static let longestReady = """
        SELECT \(RequestColumns.selection) FROM request AS r INDEXED BY request_for_starving
        WHERE r.state = 2 AND r.dispatch_at IS NOT NULL AND r.dispatch_at <= ?1 \(passingOver("?3"))
        ORDER BY r.ready_time LIMIT ?2
        """

    /// How many attempts count against a limit. Index `request_for_work_slots`; parameter slot.
    static let slotUse = "SELECT count(*) FROM request AS r WHERE r.work_slot = ?"

    /// How many attempts of a node hold a thread under an assignment. Index `request_for_attempts`.
    static let threadUse = """
        SELECT r.owner, r.work_assignment, count(*) FROM request AS r
        WHERE r.owner IS NOT NULL GROUP BY r.owner, r.work_assignment
        """

    /// How many in WAIT are due at one priority and come before a time and a number. Index
    /// `request_for_dispatch_waiting`; parameters priority, time, number, now, limit.
    static let dueCountWaiting = dueCount("r.state = 1")

    /// The same of those in READY or with a queued resume. Index `request_for_dispatch_queued`.
    static let dueCountQueued = dueCount("r.state <> 1")

    private static func dueCount(_ condition: String) -> String {
        """
        SELECT count(*) FROM (
            SELECT 1 FROM request AS r
            WHERE \(condition) AND r.dispatch_at IS NOT NULL AND r.priority = ?1 AND r.scheduled_time <= ?2
                AND (r.scheduled_time < ?2 OR r.id < ?3) AND r.dispatch_at <= ?4
            LIMIT ?5
        )
        """
    }

    /// How long the newest runs that ended well took. Index `request_for_usual`; parameters definition, limit.
    static let usualDurations = """
        SELECT r.completed_time - r.first_start_time FROM request AS r INDEXED BY request_for_usual
        WHERE r.definition = ? AND r.state IN (11, 12) AND r.first_start_time IS NOT NULL
        ORDER BY r.completed_time DESC LIMIT ?
        """

    /// Rows that may run and have no group yet. Index `request_without_group`; parameter limit.
    static let withoutGroup = """
        SELECT \(RequestColumns.selection) FROM request AS r INDEXED BY request_without_group
        WHERE r.work_group IS NULL AND r.completed_time IS NULL AND r.type NOT IN (1, 5) ORDER BY r.id LIMIT ?
        """

    /// A timer is due. Index `request_for_timers`; parameters now, limit.
    static let dueTimers = """
        SELECT \(RequestColumns.selection) FROM request AS r
        WHERE r.timer_at <= ? ORDER BY r.timer_at, r.id LIMIT ?
        """

    /// Earliest due time of a request in WAIT, earliest timer. Indexes `request_for_dispatch_waiting`, once a priority,
    /// `request_for_dispatch_delayed` and `request_for_timers`. Parameter: keys of classes of work that do not count,
    /// as a JSON array.
    static let nextInstants = """
        SELECT
            (
                SELECT min(instant) FROM (
                    SELECT (
                        SELECT r.scheduled_time FROM request AS r
                        WHERE r.state = 1 AND r.priority = p.column1 AND r.dispatch_at = r.scheduled_time
                            \(passingOver("?1"))
                        ORDER BY r.scheduled_time LIMIT 1
                    ) AS instant
                    FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS p
                    UNION ALL
                    SELECT (
                        SELECT r.dispatch_at FROM request AS r INDEXED BY request_for_dispatch_delayed
                        WHERE r.state = 1 AND r.dispatch_at <> r.scheduled_time
                            \(passingOver("?1"))
                        ORDER BY r.dispatch_at LIMIT 1
                    )
                )
            ),
            (SELECT r.timer_at FROM request AS r WHERE r.timer_at IS NOT NULL ORDER BY r.timer_at LIMIT 1)
        """

    /// A pending request of a definition. Index `request_for_pending_check`; parameter definition.
    static let pending = """
        SELECT 1 FROM request AS r INDEXED BY request_for_pending_check
        WHERE r.definition = ? AND r.is_pending = 1 LIMIT 1
        """

    /// Whether a node that holds a lease is quiesced. Parameters node, now.
    static let standing = """
        SELECT EXISTS (SELECT 1 FROM quiesced AS q WHERE q.name IN (\(QuiesceTarget.storedNamesOfNode)))
        FROM node AS n WHERE n.id = ? AND n.lease_end > ?
        """

    /// Attempts that a node runs. Index `request_for_attempts`; parameters owner, id, limit.
    static let attemptsOfNode = """
        SELECT \(RequestColumns.selection) FROM request AS r
        WHERE r.owner = ? AND r.id > ? ORDER BY r.id LIMIT ?
        """

    /// Attempts whose node is gone. Index `request_for_attempts`, sorted: what runs is little. Parameters owner, id,
    /// now, limit.
    static let attemptsLost = """
        SELECT \(RequestColumns.selection) FROM request AS r
        WHERE r.owner IS NOT NULL AND r.owner <> ? AND +r.id > ?
            AND NOT EXISTS (SELECT 1 FROM node AS n WHERE n.id = r.owner AND n.lease_end > ?)
        ORDER BY +r.id LIMIT ?
        """

    /// One request. By its row.
    static let request = "SELECT \(RequestColumns.selection) FROM request AS r WHERE r.id = ?"

    /// Children that are not terminal. Index `request_for_live_children`; parameter parent.
    static let liveChildren = """
        SELECT \(RequestColumns.selection) FROM request AS r INDEXED BY request_for_live_children
        WHERE r.parent_id = ? AND r.completed_time IS NULL ORDER BY r.id
        """

    /// What the tree below a root is to do. By its row.
    static let plan = "SELECT plan FROM request_plan WHERE id = ?"

    static let parameters = "SELECT parameters FROM request_detail WHERE id = ?"
}

/// A poll query with what its plan must be.
package struct PollQuery: Sendable, CustomStringConvertible {
    package let description: String
    package let sql: String
    /// Indexes it goes by.
    package let indexes: [String]
    /// Whether it sorts what it finds.
    package let sorts: Bool

    init(_ description: String, _ sql: String, by indexes: String..., sorts: Bool = false) {
        self.description = description
        self.sql = sql
        self.indexes = indexes
        self.sorts = sorts
    }

    package static let all = [
        PollQuery("dispatchWaiting", PollQueries.dispatchWaiting, by: "request_for_dispatch_waiting"),
        PollQuery("dispatchQueued", PollQueries.dispatchQueued, by: "request_for_dispatch_queued"),
        PollQuery("dispatchWaitingOfSome", PollQueries.dispatchWaitingOfSome, by: "request_for_dispatch_waiting"),
        PollQuery("dispatchQueuedOfSome", PollQueries.dispatchQueuedOfSome, by: "request_for_dispatch_queued"),
        PollQuery("longestReady", PollQueries.longestReady, by: "request_for_starving"),
        PollQuery("slotUse", PollQueries.slotUse, by: "request_for_work_slots"),
        PollQuery("threadUse", PollQueries.threadUse, by: "request_for_attempts", sorts: true),
        PollQuery("dueCountWaiting", PollQueries.dueCountWaiting, by: "request_for_dispatch_waiting"),
        PollQuery("dueCountQueued", PollQueries.dueCountQueued, by: "request_for_dispatch_queued"),
        PollQuery("usualDurations", PollQueries.usualDurations, by: "request_for_usual"),
        PollQuery("withoutGroup", PollQueries.withoutGroup, by: "request_without_group"),
        PollQuery("dueTimers", PollQueries.dueTimers, by: "request_for_timers"),
        PollQuery(
            "nextInstants",
            PollQueries.nextInstants,
            by: "request_for_dispatch_waiting",
            "request_for_dispatch_delayed",
            "request_for_timers"
        ),
        PollQuery("pending", PollQueries.pending, by: "request_for_pending_check"),
        PollQuery("attemptsOfNode", PollQueries.attemptsOfNode, by: "request_for_attempts"),
        PollQuery("attemptsLost", PollQueries.attemptsLost, by: "request_for_attempts", sorts: true),
        PollQuery("request", PollQueries.request, by: "INTEGER PRIMARY KEY"),
        PollQuery("liveChildren", PollQueries.liveChildren, by: "request_for_live_children"),
        PollQuery("plan", PollQueries.plan, by: "INTEGER PRIMARY KEY"),
        PollQuery("parameters", PollQueries.parameters, by: "INTEGER PRIMARY KEY"),
        PollQuery("history", ListQueries.history, by: "PRIMARY KEY (request_id=?)"),
        PollQuery("skips", ListQueries.skips, by: "schedule_skip_by_request"),
        PollQuery("auditTrail", ListQueries.auditTrail, by: "audit_by_target"),
    ]
}
