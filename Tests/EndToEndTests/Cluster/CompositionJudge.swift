import PostgresClient
import SchedulerCore

/// Reads from the database what schedules made, what ran at the same time, and what a purge left.
struct CompositionJudge {
    let connection: PostgresConnection

    /// Instants of a recurring parent that became an instance or a recorded skip, sorted; in milliseconds since 1970.
    func instants(of parent: Int64) throws -> [Int64] {
        var parameters = PostgresParameters()
        parameters.append(parent)
        let made = try connection.query(
            """
            SELECT c.scheduled_time FROM request_fact f JOIN request_course c ON c.id = f.id WHERE f.parent_id = $1
            """,
            parameters
        ).rows { $0.integer() }
        let skips = try connection.query(
            "SELECT first_instant, instants FROM schedule_skip WHERE request_id = $1",
            parameters
        ).rows { ($0.integer(), $0.integer()) }
        return (made + skips.flatMap { first, count in (0..<count).map { first + $0 * 2000 } }).sorted()
    }

    /// A time that a request was in RUNNING, in milliseconds since 1970.
    struct Run: Sendable {
        let request: Int64
        let start: Int64
        let end: Int64
    }

    /// When these requests were in RUNNING.
    func runs(of ids: [Int64]) throws -> [Run] {
        let running = RequestState.running.code
        var parameters = PostgresParameters()
        parameters.append(array: ids)
        let changes = try connection.query(
            PostgresStatement(
                """
                SELECT request_id, time, (target = \(running))::integer::bigint FROM history
                WHERE request_id = ANY ($1) AND (source = \(running)) <> (target = \(running)) ORDER BY request_id, step
                """
            ),
            parameters
        ).rows { (id: $0.integer(), time: $0.integer(), isStart: $0.integer() == 1) }
        return zip(changes, changes.dropFirst()).compactMap { start, end in
            guard start.isStart, !end.isStart, start.id == end.id else { return nil }
            return Run(request: start.id, start: start.time, end: end.time)
        }
    }

    /// The last time in RUNNING of those that succeeded, by the node that had them then. A lost attempt is none of
    /// these: its node is another after a restart, with threads of its own.
    func lastRunsByNode(of ids: [Int64]) throws -> [String: [Run]] {
        var parameters = PostgresParameters()
        parameters.append(array: ids)
        let succeeded = RequestState.succeeded.code
        let nodes = try connection.query(
            PostgresStatement(
                """
                SELECT c.id, l.text FROM request_course c JOIN label l ON l.key = c.processor
                WHERE c.id = ANY ($1::bigint[]) AND c.state = \(succeeded)
                """
            ),
            parameters
        ).rows { ($0.integer(), $0.text()) }
        let last = Dictionary(try runs(of: ids).map { ($0.request, $0) }) { $1 }
        return Dictionary(grouping: nodes) { $0.1 }.mapValues { $0.compactMap { last[$0.0] } }
    }

    /// How many ran at the same time at most, for longer than `tolerance` milliseconds: a transaction that waits for one
    /// that began later writes the earlier instant.
    static func mostAtOnce(_ runs: [Run], tolerance: Int64) -> [Run] {
        var most: [Run] = []
        for run in runs {
            let beside = runs.filter { $0.start <= run.start && $0.end - tolerance > run.start }
            if beside.count > most.count { most = beside }
        }
        return most
    }

    /// Those that are there.
    func present(_ ids: [Int64]) throws -> [Int64] {
        try ClusterOracle.numbers(
            connection,
            "SELECT i FROM unnest($1::bigint[]) i WHERE EXISTS (SELECT FROM request_course c WHERE c.id = i)",
            ids
        )
    }

    /// Requests of which some rows are gone and others are not.
    func halfRemoved() throws -> [Int64] {
        try ClusterOracle.numbers(
            connection,
            """
            SELECT id FROM (
                SELECT id FROM request_fact UNION ALL SELECT id FROM request_course
            ) rows GROUP BY id HAVING count(*) <> 2
            UNION
            SELECT request_id FROM history h WHERE NOT EXISTS (SELECT FROM request_fact f WHERE f.id = h.request_id)
            """
        )
    }
}
