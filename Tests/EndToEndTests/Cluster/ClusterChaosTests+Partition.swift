import Foundation
import PostgresTesting
import Testing

extension ClusterChaosTests {
    // Only root can cut links; elsewhere the case says why it is left out.
    @Test(
        "Fault 5: a node that cannot reach the database ends what it runs before others take it over",
        .enabled(if: PrivateNetwork.obstacle == nil, "\(PrivateNetwork.obstacle ?? "")"),
        .timeLimit(limit)
    )
    func partition() async throws {
        let names = ["north", "east", "south"]
        let network = try PrivateNetwork(["database"] + names)
        let server = try PrivatePostgres(
            settings: ["listen_addresses": network.address(of: "database")],
            launcher: network.launcher(of: "database")
        )
        var surroundings: [String: ClusterUnderTest.Surroundings] = [:]
        for name in names {
            surroundings[name] = ClusterUnderTest.Surroundings(
                launcher: network.launcher(of: name),
                flags: ["--http-host", network.address(of: name), "--http-allow-insecure", "true"]
            )
        }
        let cluster = try ClusterUnderTest(
            names: names,
            database: try server.schema("chaos").uri,
            surroundings: surroundings
        )
        try await cluster.startAll()
        for round in 0..<(ChaosSettings.rounds ?? 1) {
            // The short form leaves out one of the two directions.
            let faults = LinkFault.allCases.prefix(ChaosSettings.either(2, LinkFault.allCases.count))
            for (number, fault) in faults.enumerated() {
                try await Self.partitionRound(cluster, network, fault, victim: names[(round + number) % names.count])
            }
        }
        try await Self.expectStop(cluster)
        try server.remove()
        try network.remove()
    }

    private enum LinkFault: String, CaseIterable, Sendable {
        case link = "no link"
        case hearing = "hears nothing of the database"
        case speaking = "reaches the database with nothing"

        func begin(_ name: String, _ network: PrivateNetwork) throws {
            switch self {
            case .link: try network.cut(name)
            case .hearing: try network.drop(from: "database", to: name)
            case .speaking: try network.drop(from: name, to: "database")
            }
        }

        func end(_ name: String, _ network: PrivateNetwork) throws {
            switch self {
            case .link: try network.mend(name)
            case .hearing: try network.pass(from: "database", to: name)
            case .speaking: try network.pass(from: name, to: "database")
            }
        }
    }

    private static func partitionRound(
        _ cluster: ClusterUnderTest,
        _ network: PrivateNetwork,
        _ fault: LinkFault,
        victim: String
    ) async throws {
        let connection = try cluster.connect()
        let node = try cluster.node(victim)
        let (naps, processes) = try await occupy(victim, of: cluster, nap: "4", process: "4")
        let members = memberships(of: victim, cluster)
        let held = try ClusterOracle.holdings(of: node, connection)
        cluster.hide(victim)
        try fault.begin(victim, network)
        let watch = Stopwatch()
        let killed = await ClusterUnderTest.wait(.seconds(30)) { staleProcesses(held, cluster).isEmpty }
        let taken = try await ClusterUnderTest.wait { try ClusterOracle.standing(held, connection).isEmpty }
        let recovery = watch.elapsed
        try fault.end(victim, network)
        cluster.show(victim)
        let back = await ClusterUnderTest.wait(.seconds(60)) { memberships(of: victim, cluster) > members }
        let working = await cluster.waitForWork(of: victim)
        let seed = "\(fault.rawValue), seed \(ChaosSettings.seed)"
        // Half a lease after the last renewal, which may have been just before; a second for the machine.
        let bound = ClusterUnderTest.lease / 2 + .seconds(1)
        let isQuick = killed.map { $0 < bound } == true
        #expect(isQuick, "ends what it runs in half a lease, took \(killed?.text ?? "–"); \(seed)")
        #expect(taken != nil && recovery < ClusterUnderTest.lease * 2, "taken over after \(recovery.text); \(seed)")
        #expect(back.map { $0 < .seconds(5) } == true, "a member again in seconds, took \(back?.text ?? "–"); \(seed)")
        #expect(working != nil, "it runs new work; \(seed)")
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(naps + processes)
        #expect(cluster.alive == Set(cluster.names), "all servers stay up; \(seed)")
        ChaosSettings.report(
            """
            partition, \(fault.rawValue): \(held.count) attempts, processes ended after \(killed?.text ?? "–"), taken \
            over after \(recovery.text), a member again \(back?.text ?? "–") after the end, working \
            \(working?.text ?? "–") later, \(verdict.lost.count) lost, \(verdict.doubles.count) doubles, \
            \(verdict.overlaps.count) overlaps, ends \(verdict.ends)
            """
        )
    }
}
