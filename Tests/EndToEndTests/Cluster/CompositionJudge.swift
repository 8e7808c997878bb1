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

    /// How many of these requests were in RUNNING at the same time at most.
    func mostAtOnce(_ ids: [Int64]) throws -> Int {
        let running = RequestState.running.code
        var parameters = PostgresParameters()
        parameters.append(array: ids)
        let changes = try connection.query(
            PostgresStatement(
                """
                SELECT time, (target = \(running))::integer::bigint FROM history
                WHERE request_id = ANY ($1) AND (source = \(running)) <> (target = \(running))
                """
            ),
            parameters
        ).rows { (time: $0.integer(), isStart: $0.integer() == 1) }
        var (now, most) = (0, 0)
        // Whoever ends in the millisecond in which another starts makes room for it.
        for change in changes.sorted(by: { ($0.time, $0.isStart ? 1 : 0) < ($1.time, $1.isStart ? 1 : 0) }) {
            now += change.isStart ? 1 : -1
            most = max(most, now)
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
