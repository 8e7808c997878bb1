import PostgresClient
import SchedulerTesting
import Testing

extension ClusterChaosTests {
    private static let schedules = 6
    private static let concurrentMax = 2
    /// Threads of each node.
    private static let share = 1
    private static let answersMax = 2
    /// Milliseconds; a third of what these jobs take.
    private static let tolerance: Int64 = 100

    @Test("I32, I52, I55, I64, fault 2: what must hold does while nodes are killed", .timeLimit(limit))
    func composition() async throws {
        let remote = try RemoteEnd()
        let composed = CompositionDocuments.text(
            concurrentMax: Self.concurrentMax,
            share: Self.share,
            answersMax: Self.answersMax
        )
        let cluster = try await Self.cluster(
            "composition",
            flags: ["--purge-physical-after", "0s"],
            documents: ClusterDocuments.text(remoteURL: remote.url, remoteRetries: 5) + composed
        )
        let parents = try await Self.submitSchedules(cluster)
        let load = CompositionLoad(cluster, remote)
        let kills = ChaosSettings.rounds ?? 2
        try await load.answering {
            try await Self.killUnderLoad(cluster, load, kills)
            for parent in parents {
                let reply = try await cluster.call(cluster.names[0], "POST", "/\(parent)/cancel")
                #expect(reply.status == 200, "\(reply.body)")
            }
            try await Self.judgeComposition(cluster, parents, load.acknowledged, kills)
        }
        try await Self.expectStop(cluster)
    }

    private static func killUnderLoad(_ cluster: ClusterUnderTest, _ load: CompositionLoad, _ kills: Int) async throws {
        try await load.during {
            var random = SeededRandom(seed: ChaosSettings.seed)
            for _ in 0..<kills {
                try await SystemPause.milliseconds(4000)
                let victim = random.pick(cluster.names) ?? ""
                try await cluster.kill(victim)
                try await SystemPause.milliseconds(4000)
                try await cluster.start(victim)
            }
            try await SystemPause.milliseconds(4000)
        }
    }

    private static func submitSchedules(_ cluster: ClusterUnderTest) async throws -> [Int64] {
        var parents: [Int64] = []
        for number in 0..<schedules {
            let rule = ",\"schedule\":{\"recurrences\":[{\"icalString\":\"FREQ=SECONDLY;INTERVAL=2\"}]}"
            let name = cluster.names[number % cluster.names.count]
            let reply = try await cluster.call(name, "POST", "", ClusterUnderTest.submission("NoOp", more: rule))
            parents.append(try #require(reply.integer("id"), "\(reply.body)"))
        }
        return parents
    }

    private static func judgeComposition(
        _ cluster: ClusterUnderTest,
        _ parents: [Int64],
        _ requests: [CompositionKind: [Int64]],
        _ kills: Int
    ) async throws {
        let seed = "seed \(ChaosSettings.seed)"
        let old = requests[.old] ?? []
        let kept = requests.filter { $0.key != .old }.flatMap(\.value)
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(parents + kept)
        let judge = CompositionJudge(connection: try cluster.connect())
        var instants = 0
        for parent in parents {
            let found = try judge.instants(of: parent)
            instants += found.count
            #expect(Set(found).count == found.count, "an instant is made or skipped once, \(seed)")
            let gaps = zip(found, found.dropFirst()).filter { $0.1 - $0.0 != 2000 }
            #expect(gaps.isEmpty, "no instant is left out: \(gaps.prefix(5)), \(seed)")
        }
        #expect(instants > schedules * kills, "the schedules have made something, \(seed)")
        for case (.keyed(let value), let ids) in requests {
            let atOnce = CompositionJudge.mostAtOnce(try judge.runs(of: ids), tolerance: tolerance)
            #expect(atOnce.count == 1, "one of those with value \(value) runs at a time, not \(atOnce), \(seed)")
        }
        let atOnce = CompositionJudge.mostAtOnce(try judge.runs(of: requests[.limited] ?? []), tolerance: tolerance)
        #expect((1...concurrentMax).contains(atOnce.count), "\(atOnce) run at once, \(concurrentMax) may, \(seed)")
        let threads = try expectWork(judge, requests)
        let left = try judge.present(old)
        let halves = try judge.halfRemoved()
        #expect(left.count < old.count, "something is purged, \(seed)")
        #expect(halves.isEmpty, "whole trees are removed: \(halves.prefix(5)), \(seed)")
        ChaosSettings.report(
            """
            composition: \(kills) kills, \(instants) instants of \(parents.count) schedules, \(kept.count) acknowledged, \
            \(verdict.lost.count) lost, \(verdict.doubles.count) doubles, \(atOnce.count) of \(concurrentMax) at once, \
            \(threads) of a share of \(share), \
            \(old.count - left.count) of \(old.count) purged, ends \(verdict.ends)
            """
        )
    }

    /// Expects that shares of threads and limits of assignments hold.
    ///
    /// - Returns: the most that ran at once of the share of a node, and the most that awaited answers at once.
    private static func expectWork(
        _ judge: CompositionJudge,
        _ requests: [CompositionKind: [Int64]]
    ) throws -> [Int] {
        let seed = "seed \(ChaosSettings.seed)"
        var most = 0
        for (node, runs) in try judge.lastRunsByNode(of: requests[.shared] ?? []) {
            let atOnce = CompositionJudge.mostAtOnce(runs, tolerance: tolerance)
            #expect(atOnce.count <= share, "\(node) runs \(atOnce) at once, its share is \(share), \(seed)")
            most = max(most, atOnce.count)
        }
        #expect(most > 0, "something ran under the share, \(seed)")
        let runs = try judge.runs(of: requests[.answered] ?? [])
        let waiting = CompositionJudge.mostAtOnce(runs, tolerance: tolerance)
        #expect((1...answersMax).contains(waiting.count), "\(waiting) at once, \(answersMax) may, \(seed)")
        return [most, waiting.count]
    }
}
