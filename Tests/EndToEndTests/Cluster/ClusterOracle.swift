import Foundation
import PostgresClient
import SchedulerCore
import Testing

/// Judges a cluster by its database, by what its jobs wrote and by the processes of the machine.
struct ClusterOracle {
    static let terminalCodes = codes { $0.isTerminal }
    private static let runningCode = RequestState.running.code

    let cluster: ClusterUnderTest

    private static func codes(_ isMeant: (RequestState) -> Bool) -> String {
        RequestState.allCases.filter(isMeant).map { "\($0.code)" }.joined(separator: ", ")
    }

    /// What the promise (runtime §8) says of requests that clients were told about.
    struct Verdict: Sendable {
        var acknowledged = 0
        var lost: [Int64] = []
        var notEnded: [Int64] = []
        /// Ended other than once, or an attempt of theirs began or ended other than once.
        var doubles: [Int64] = []
        /// By state.
        var ends: [String: Int] = [:]
        var attemptsMax = 0
        var startedTwice: [String] = []
        var overlaps: [String] = []
        var orphans: [Int32] = []
    }

    /// Waits until every request that was acknowledged has ended, and expects what was promised.
    ///
    /// - Parameters:
    ///   - ids: the acknowledged requests.
    ///   - limit: longest wait for their ends.
    ///   - mayOverlap: whether a process of a node that lost its lease may live beside its successor, as under a
    ///     frozen node, which kills nobody.
    ///   - sourceLocation: where failures are reported.
    /// - Returns: what was found.
    /// - Throws: the database's errors.
    @discardableResult
    func expectPromise(
        _ ids: [Int64],
        within limit: Duration = .seconds(90),
        mayOverlap: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Verdict {
        let verdict = try await judge(ids, within: limit)
        let seed: Comment = "seed \(ChaosSettings.seed)"
        func expectNone<Item>(_ items: [Item], _ text: String) {
            #expect(items.isEmpty, "\(text): \(items.prefix(10)); \(seed)", sourceLocation: sourceLocation)
        }
        expectNone(verdict.lost, "every acknowledged request exists; lost")
        expectNone(verdict.notEnded, "every request ends; not ended within \(limit)")
        expectNone(verdict.doubles, "every request and every attempt ends once; otherwise")
        expectNone(verdict.startedTwice, "a process is started once an attempt; twice")
        expectNone(verdict.orphans, "no process outlives its attempt; alive")
        if !mayOverlap { expectNone(verdict.overlaps, "one live process a request; overlapping") }
        return verdict
    }

    func judge(_ ids: [Int64], within limit: Duration) async throws -> Verdict {
        let connection = try cluster.connect()
        var verdict = Verdict()
        verdict.acknowledged = ids.count
        verdict.lost = try Self.numbers(
            connection,
            "SELECT i FROM unnest($1::bigint[]) i WHERE NOT EXISTS (SELECT FROM request_course c WHERE c.id = i)",
            ids
        )
        _ = try await ClusterUnderTest.wait(limit) { try Self.open(connection).isEmpty }
        verdict.notEnded = try Self.open(connection)
        verdict.doubles = try Self.doubles(connection)
        verdict.ends = try Self.ends(connection)
        verdict.attemptsMax = Int(
            try connection.query("SELECT coalesce(max(attempt), 0) FROM request_course").firstRow { $0.integer() } ?? 0
        )
        _ = await ClusterUnderTest.wait(.seconds(5)) { cluster.folder.jobProcesses.isEmpty }
        verdict.orphans = cluster.folder.jobProcesses
        let lines = cluster.folder.text("journal").split(separator: "\n").map(String.init)
        let starts = lines.filter { $0.hasPrefix("start ") }
        verdict.startedTwice = Dictionary(grouping: starts) { $0 }.filter { $1.count > 1 }.map(\.key)
        verdict.overlaps = lines.filter { $0.hasPrefix("overlap ") }
        return verdict
    }

    private static func open(_ connection: PostgresConnection) throws -> [Int64] {
        try numbers(connection, "SELECT id FROM request_course WHERE state NOT IN (\(terminalCodes)) LIMIT 1000")
    }

    /// Requests with another number of ends than one, and requests one of whose attempts left RUNNING for good or
    /// entered it anew other than once.
    private static func doubles(_ connection: PostgresConnection) throws -> [Int64] {
        let start = StoredCodes.events.code(.start)
        let ends = try numbers(
            connection,
            """
            SELECT c.id FROM request_course c LEFT JOIN history h ON h.request_id = c.id
            GROUP BY c.id, c.state
            HAVING count(*) FILTER (WHERE h.target IN (\(terminalCodes)) AND h.source <> h.target)
                <> (c.state IN (\(terminalCodes)))::integer
                OR count(*) FILTER (WHERE h.source IN (\(terminalCodes)) AND h.source <> h.target) > 0
            """
        )
        let attempts = try numbers(
            connection,
            """
            SELECT DISTINCT request_id FROM (
                SELECT request_id, attempt FROM history GROUP BY request_id, attempt
                HAVING count(*) FILTER (WHERE event = \(start) AND target = \(runningCode)) > 1
                    OR count(*) FILTER (WHERE source = \(runningCode) AND target <> \(runningCode)) > 1
            ) twice
            """
        )
        return Set(ends + attempts).sorted()
    }

    private static func ends(_ connection: PostgresConnection) throws -> [String: Int] {
        let rows = try connection.query("SELECT state::bigint, count(*) FROM request_course GROUP BY state").rows {
            row in
            (Int(row.integer()), Int(row.integer()))
        }
        return rows.reduce(into: [:]) { $0[RequestState(code: $1.0)?.rawValue ?? "?"] = $1.1 }
    }

    static func numbers(
        _ connection: PostgresConnection,
        _ sql: String,
        _ ids: [Int64]? = nil
    ) throws -> [Int64] {
        var parameters = PostgresParameters()
        if let ids { parameters.append(array: ids) }
        return try connection.query(PostgresStatement(sql), parameters).rows { $0.integer() }
    }

    // MARK: - Throughput

    /// The store's clock.
    static func now(_ connection: PostgresConnection) throws -> Timestamp {
        let statement: PostgresStatement = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"
        return Timestamp(milliseconds: try connection.query(statement).firstRow { $0.integer() } ?? 0)
    }

    /// What nodes ended a second.
    ///
    /// - Parameters:
    ///   - names: of the nodes.
    ///   - start: store time of the first end.
    ///   - end: store time after the last.
    ///   - connection: to the cluster's schema.
    /// - Returns: requests a second.
    /// - Throws: the database's errors.
    static func throughput(
        of names: [String],
        from start: Timestamp,
        to end: Timestamp,
        _ connection: PostgresConnection
    ) throws -> Double {
        var parameters = PostgresParameters()
        parameters.append(start.milliseconds)
        parameters.append(end.milliseconds)
        let statement = PostgresStatement(
            """
            SELECT l.text, count(*) FROM request_course c JOIN label l ON l.key = c.processor
            WHERE c.state IN (\(terminalCodes)) AND c.end_time >= $1 AND c.end_time < $2 GROUP BY l.text
            """
        )
        let rows = try connection.query(statement, parameters).rows { ($0.text(), $0.integer()) }
        let count = rows.filter { names.contains($0.0) }.reduce(0) { $0 + $1.1 }
        return Double(count) / (end - start).seconds
    }

    // MARK: - Takeover

    /// An attempt that a node held when a fault met it.
    struct Holding: Sendable {
        let id: Int64
        let epoch: Int64
    }

    /// What a node runs now.
    static func holdings(of node: ServerProcess, _ connection: PostgresConnection) throws -> [Holding] {
        var parameters = PostgresParameters()
        parameters.append(Int64(node.pid))
        return try connection.query(
            """
            SELECT c.id, c.epoch FROM request_course c JOIN node n ON n.id = c.owner
            WHERE n.process_id = $1 AND c.epoch IS NOT NULL
            """,
            parameters
        ).rows { Holding(id: $0.integer(), epoch: $0.integer()) }
    }

    /// Those that still stand as they stood.
    static func standing(_ holdings: [Holding], _ connection: PostgresConnection) throws -> [Int64] {
        var parameters = PostgresParameters()
        parameters.append(array: holdings.map(\.id))
        parameters.append(array: holdings.map(\.epoch))
        let statement = PostgresStatement(
            """
            SELECT c.id FROM unnest($1::bigint[], $2::bigint[]) h (id, epoch) JOIN request_course c ON c.id = h.id
            WHERE c.epoch = h.epoch AND c.owner IS NOT NULL AND c.state NOT IN (\(terminalCodes))
            """
        )
        return try connection.query(statement, parameters).rows { $0.integer() }
    }
}
