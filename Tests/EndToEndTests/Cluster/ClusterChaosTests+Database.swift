import Foundation
import PostgresClient
import PostgresTesting
import Testing

extension ClusterChaosTests {
    @Test("Fault 4: crashes of PostgreSQL and ended back ends lose nothing and stop no server", .timeLimit(limit))
    func databaseCrashes() async throws {
        let server = try PrivatePostgres()
        let cluster = try ClusterUnderTest(database: try server.schema("chaos").uri)
        try await cluster.startAll()
        let journal = Journal()
        let crashes = ChaosSettings.rounds ?? 2
        let seconds = ChaosSettings.either(4, 20)
        let (baseline, during, after) = try await Load(cluster, journal).during {
            let baseline = try await Self.rate(journal, seconds: 4)
            let start = journal.now
            for _ in 0..<crashes {
                try await Self.blocking { try server.crash() }
                try await SystemPause.milliseconds(2500)
            }
            try await Self.endBackends(server, fiveASecondFor: seconds)
            let during = journal.rate(from: start, to: journal.now)
            _ = await ClusterUnderTest.wait(.seconds(20)) { Self.isUp(journal) }
            try await SystemPause.milliseconds(2500)
            return (baseline, during, try await Self.rateAfterwards(journal, baseline))
        }
        #expect(cluster.alive == Set(cluster.names), "all servers stay up, seed \(ChaosSettings.seed)")
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(journal.ids)
        Self.expectAway(journal)
        #expect(after >= 0.8 * baseline, "back to 80 % of \(baseline.text(0))/s, was \(after.text(0))/s")
        ChaosSettings.report(
            """
            database: \(crashes) crashes, \(seconds * 5) back ends ended, \(verdict.acknowledged) acknowledged, \
            \(verdict.lost.count) lost, \(verdict.doubles.count) doubles, ends \(verdict.ends), \
            \(journal.unavailableCount) times 503, \(journal.unexpectedCount) other answers, \
            \(baseline.text(0))/s before, \(during.text(0))/s meanwhile, \(after.text(0))/s after: \
            \((after / baseline).text(2))
            """
        )
        try await Self.expectStop(cluster)
        try server.remove()
    }

    @Test("Fault 4: a hot standby takes over, and what was acknowledged is there", .timeLimit(limit))
    func failover() async throws {
        let server = try PrivatePostgres()
        let schema = try server.schema("chaos")
        let both = try server.standby()
        let uri = "\(both)?target_session_attrs=read-write&options=-csearch_path%3D\(schema.name)"
        let cluster = try ClusterUnderTest(database: uri)
        try await cluster.startAll()
        let journal = Journal()
        let (baseline, outage, after) = try await Load(cluster, journal).during {
            let baseline = try await Self.rate(journal, seconds: 4)
            let start = journal.now
            try await Self.blocking { try server.promote() }
            let promoted = journal.now
            _ = await ClusterUnderTest.wait(.seconds(30)) { journal.entries.last.map { $0.time > promoted } ?? false }
            let outage = journal.now - start
            try await SystemPause.milliseconds(2500)
            return (baseline, outage, try await Self.rateAfterwards(journal, baseline))
        }
        #expect(cluster.alive == Set(cluster.names), "all servers stay up, seed \(ChaosSettings.seed)")
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(journal.ids)
        Self.expectAway(journal)
        #expect(after >= 0.8 * baseline, "back to 80 % of \(baseline.text(0))/s, was \(after.text(0))/s")
        ChaosSettings.report(
            """
            failover: \(verdict.acknowledged) acknowledged, \(verdict.lost.count) lost, \(verdict.doubles.count) \
            doubles, ends \(verdict.ends), \(journal.unavailableCount) times 503, \(journal.unexpectedCount) other \
            answers, away for \(outage.text), \(baseline.text(0))/s before, \(after.text(0))/s after: \
            \((after / baseline).text(2))
            """
        )
        try await Self.expectStop(cluster)
        try server.remove()
    }

    /// While the database is away calls are answered by 503 and when to come again.
    private static func expectAway(_ journal: Journal) {
        #expect(journal.unavailableCount > 0, "some calls met the outage, else the test shows nothing")
        #expect(journal.unavailableWithoutRetryAfter == 0, "each 503 says when to come again")
        // A call whose COMMIT got no answer cannot promise anything.
        let other = journal.unexpected().filter { !$0.contains("is unknown") }
        let seed = "seed \(ChaosSettings.seed)"
        #expect(other.isEmpty, "503, or 500 where the outcome is unknown: \(other.prefix(3)), \(seed)")
    }

    private static func rate(_ journal: Journal, seconds: Int) async throws -> Double {
        let start = journal.now
        try await SystemPause.milliseconds(seconds * 1000)
        return journal.rate(from: start, to: journal.now)
    }

    /// The first of a few samples that is as good as before, else the best: a checkpoint or a neighbour may take its
    /// share of one.
    private static func rateAfterwards(_ journal: Journal, _ baseline: Double) async throws -> Double {
        var best = 0.0
        for _ in 0..<4 where best < 0.95 * baseline {
            best = Swift.max(best, try await rate(journal, seconds: 4))
        }
        return best
    }

    private static func isUp(_ journal: Journal) -> Bool {
        journal.entries.last.map { journal.now - $0.time < .milliseconds(500) } ?? false
    }

    private static func endBackends(_ server: PrivatePostgres, fiveASecondFor seconds: Int) async throws {
        let connection = try PostgresConnection(server.options)
        for _ in 0..<seconds * 5 {
            _ = try connection.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name LIKE 'escapement %' ORDER BY random() LIMIT 1
                """
            )
            try await SystemPause.milliseconds(200)
        }
    }

    /// Calls that block for seconds hold up no task of the load.
    private static func blocking(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
