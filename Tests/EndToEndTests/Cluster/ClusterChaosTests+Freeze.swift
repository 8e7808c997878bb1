import Foundation
import PostgresTesting
import Testing

extension ClusterChaosTests {
    @Test("I7, fault 3: a node frozen for three leases is taken over, its late ends count nothing", .timeLimit(limit))
    func freeze() async throws {
        let cluster = try await Self.cluster("freeze")
        for round in 1...(ChaosSettings.rounds ?? 1) {
            try await Self.freezeRound(cluster, victim: cluster.names[round % cluster.names.count])
        }
        try await Self.expectStop(cluster)
    }

    private static func freezeRound(_ cluster: ClusterUnderTest, victim: String) async throws {
        let connection = try cluster.connect()
        let node = try cluster.node(victim)
        // Naps end while the node is frozen; the processes outlive the freeze, so that there is something to kill.
        let (naps, processes) = try await occupy(victim, of: cluster, nap: "6", process: "17")
        let held = try ClusterOracle.holdings(of: node, connection)
        try cluster.freeze(victim)
        let watch = Stopwatch()
        let taken = try await ClusterUnderTest.wait { try ClusterOracle.standing(held, connection).isEmpty }
        let recovery = watch.elapsed
        #expect(taken != nil, "another node takes over, seed \(ChaosSettings.seed)")
        #expect(recovery < ClusterUnderTest.lease * 2, "within two leases, was \(recovery.text)")
        let rest = ClusterUnderTest.lease * 3 - watch.elapsed
        try await SystemPause.milliseconds(Swift.max(0, Int(rest.seconds * 1000)))
        let stale = staleProcesses(held, cluster)
        #expect(!stale.isEmpty, "processes of the frozen node still run, else the test shows nothing")
        let members = memberships(of: victim, cluster)
        try cluster.thaw(victim)
        let killed = await ClusterUnderTest.wait(.seconds(20)) { staleProcesses(held, cluster).isEmpty }
        let isQuick = killed.map { $0 < .seconds(5) } == true
        #expect(isQuick, "it kills what it may not run any more, took \(killed?.text ?? "–")")
        let back = await cluster.waitForWork(of: victim)
        #expect(back != nil, "the node runs new work: \(cluster.log(victim).suffix(2000))")
        #expect(memberships(of: victim, cluster) > members, "it has entered the cluster anew")
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(naps + processes, mayOverlap: true)
        #expect(verdict.ends == ["SUCCEEDED": verdict.ends["SUCCEEDED"] ?? 0], "retried elsewhere: \(verdict.ends)")
        ChaosSettings.report(
            """
            freeze: \(held.count) attempts taken over after \(recovery.text), \(stale.count) processes killed \
            \(killed?.text ?? "–") after the thaw, working again after \(back?.text ?? "–"), \
            \(verdict.lost.count) lost, \(verdict.doubles.count) doubles, ends \(verdict.ends)
            """
        )
    }

    /// Naps and processes that the node, and no other, runs: the others rest meanwhile.
    ///
    /// - Parameters:
    ///   - name: of the node.
    ///   - cluster: whose node it is.
    ///   - nap: seconds of a nap.
    ///   - process: seconds of a process.
    /// - Returns: all that was submitted.
    /// - Throws: where the node does not run them.
    static func occupy(
        _ name: String,
        of cluster: ClusterUnderTest,
        nap: String,
        process: String
    ) async throws -> (naps: [Int64], processes: [Int64]) {
        let connection = try cluster.connect()
        let node = try cluster.node(name)
        let others = cluster.names.filter { $0 != name }
        for other in others { try await cluster.change(other, "quiesce", by: name) }
        var naps: [Int64] = []
        var processes: [Int64] = []
        for _ in 0..<3 {
            naps.append(try await cluster.submit("Nap", [nap], to: name))
            processes.append(try await cluster.submit("Slow", [cluster.folder.path(""), process], to: name))
        }
        let isOccupied = try await ClusterUnderTest.wait(.seconds(3)) {
            let held = try ClusterOracle.holdings(of: node, connection)
            return Set(held.map(\.id)).isSuperset(of: naps + processes)
                && staleProcesses(held, cluster).count >= processes.count
        }
        for other in others { try await cluster.change(other, "resume", by: name) }
        try #require(isOccupied != nil, "\(name) runs what was submitted: \(cluster.log(name).suffix(2000))")
        return (naps, processes)
    }

    /// Processes of the first attempts of these requests.
    static func staleProcesses(_ held: [ClusterOracle.Holding], _ cluster: ClusterUnderTest) -> [Int32] {
        cluster.folder.jobEnvironments.filter { process in
            process.entries.contains("ESS_EXECUTION_ATTEMPT=1")
                && held.contains { process.entries.contains("ESS_REQUEST_ID=\($0.id)") }
        }.map(\.pid)
    }

    /// How often the node has said that it is a member.
    static func memberships(of name: String, _ cluster: ClusterUnderTest) -> Int {
        cluster.log(name).components(separatedBy: "Member of the cluster").count - 1
    }
}
