import Foundation
import PostgresClient
import PostgresTesting
import SchedulerTesting
import Testing

/// Three real nodes and a real PostgreSQL, met by faults under load. What the clients were told is the oracle.
@Suite(.serialized, .tags(.chaos))
struct ClusterChaosTests {
    /// The short forms take a minute at most where the machine is quiet.
    static let limit: TimeLimitTrait.Duration = .minutes(ChaosSettings.either(10, 60))

    /// A cluster of three on the PostgreSQL of the test run.
    static func cluster(
        _ name: String,
        flags: [String] = [],
        documents: String = ClusterDocuments.text(),
        surroundings: [String: ClusterUnderTest.Surroundings] = [:]
    ) async throws -> ClusterUnderTest {
        let schema = try PrivatePostgres.shared().schema("chaos_\(name)")
        let cluster = try ClusterUnderTest(
            database: schema.uri,
            documents: documents,
            flags: flags,
            surroundings: surroundings
        )
        try await cluster.startAll()
        return cluster
    }

    /// All nodes end well when they are told to.
    static func expectStop(_ cluster: ClusterUnderTest) async throws {
        let ends = try await cluster.stopAll()
        #expect(ends.isEmpty, "\(ends.map { "\($0) \($1): \(cluster.log($0).suffix(3000))" })")
    }

    @Test("I6, fault 2: nodes killed under load lose nothing, nothing ends twice, others go on", .timeLimit(limit))
    func kill() async throws {
        let cluster = try await Self.cluster("kill")
        let journal = Journal()
        let rounds = ChaosSettings.rounds ?? 2
        // Clients of the dead node wait for it: else the others would seem the faster, the more they have lost.
        let outcomes = try await Load(cluster, journal, movesOn: false).during {
            var random = SeededRandom(seed: ChaosSettings.seed)
            let connection = try cluster.connect()
            var outcomes: [KillOutcome] = []
            for round in 0..<rounds {
                // Every other time the node comes back at once, under the name that its lost lease still holds.
                let victim = random.pick(cluster.names) ?? ""
                let outcome = try await Self.killRound(
                    cluster,
                    victim,
                    restartsAtOnce: round % 2 == 1,
                    connection
                )
                outcomes.append(outcome)
                if round % 10 == 9 {
                    ChaosSettings.report("kill: round \(round + 1), \(journal.ids.count) acknowledged")
                }
            }
            return outcomes
        }
        let longest = outcomes.map(\.recovery).max() ?? .zero
        let ratios = outcomes.map(\.ratio)
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(journal.ids)
        let ratio = ratios.median ?? 0
        ChaosSettings.report(
            """
            kill: \(rounds) rounds, \(verdict.acknowledged) acknowledged, \(verdict.lost.count) lost, \
            \(verdict.doubles.count) doubles, ends \(verdict.ends), \(outcomes.map(\.held).reduce(0, +)) taken over, \
            longest \(longest.text), others' throughput \(ratio.text(2)) of before \
            (\(ratios.map { $0.text(2) }.joined(separator: " "))), \(journal.unanswered) unanswered, \
            \(journal.unavailableCount) times 503
            """
        )
        let other = journal.unexpected()
        #expect(other.isEmpty, "201 or 503 wanted: \(other.prefix(3)), seed \(ChaosSettings.seed)")
        #expect(longest < ClusterUnderTest.lease * 2, "taken over within two leases, seed \(ChaosSettings.seed)")
        #expect(ratio > 0.6, "the others keep more than 60 % of their throughput, seed \(ChaosSettings.seed)")
        try await Self.expectStop(cluster)
    }

    private struct KillOutcome: Sendable {
        /// From the kill until nothing was the dead node's any more.
        var recovery: Duration
        /// What it held when it died.
        var held: Int
        /// Of the nodes that lived: what they ended a second until some seconds after the kill, by that before it.
        var ratio: Double
    }

    private static func killRound(
        _ cluster: ClusterUnderTest,
        _ victim: String,
        restartsAtOnce: Bool,
        _ connection: PostgresConnection
    ) async throws -> KillOutcome {
        let start = try ClusterOracle.now(connection)
        try await SystemPause.milliseconds(3000)
        let dead = try cluster.node(victim)
        let end = try ClusterOracle.now(connection)
        try await cluster.kill(victim)
        let watch = Stopwatch()
        let held = try ClusterOracle.holdings(of: dead, connection)
        async let restarted: Void = restartsAtOnce ? restart(victim, of: cluster) : ()
        let recovery = try await ClusterUnderTest.wait(.seconds(60)) {
            try ClusterOracle.standing(held, connection).isEmpty
        }
        let duration = recovery == nil ? Duration.seconds(60) : watch.elapsed
        try await restarted
        let rest = Swift.max(0, 5000 - Int(watch.elapsed.seconds * 1000))
        try await SystemPause.milliseconds(rest)
        let others = cluster.names.filter { $0 != victim }
        let before = try ClusterOracle.throughput(of: others, from: start, to: end, connection)
        let after = try ClusterOracle.throughput(of: others, from: end, to: ClusterOracle.now(connection), connection)
        if !restartsAtOnce { try await restart(victim, of: cluster) }
        return KillOutcome(recovery: duration, held: held.count, ratio: before > 0 ? after / before : 0)
    }

    private static func restart(_ name: String, of cluster: ClusterUnderTest) async throws {
        try await cluster.start(name)
    }
}

extension Tag {
    @Tag static var chaos: Self
}
