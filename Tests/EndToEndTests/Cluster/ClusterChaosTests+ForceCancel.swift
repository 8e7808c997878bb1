import Foundation
import PostgresClient
import PostgresTesting
import SchedulerTesting
import Testing

extension ClusterChaosTests {
    @Test("C62, C63: of cancel here, force there and a late report elsewhere one wins", .timeLimit(limit))
    func forceCancelAcrossNodes() async throws {
        let remote = try RemoteEnd()
        let cluster = try await Self.cluster(
            "force",
            flags: ["--force-cancel-after", "1s"],
            documents: ClusterDocuments.text(remoteURL: remote.url)
        )
        var random = SeededRandom(seed: ChaosSettings.seed)
        var wins: [ForceWinner: Int] = [:]
        let rounds = ChaosSettings.either(4, 5 * (ChaosSettings.rounds ?? 1))
        var ids: [Int64] = []
        for round in 0..<rounds {
            let names = cluster.names.shuffled(using: &random)
            let id = try await cluster.submit("RemoteHTTP", to: names[0])
            ids.append(id)
            try await Self.wait(for: id, on: names[0], of: cluster, "ExecuteAsyncWait") { $0.text("processPhase") }
            #expect(try await cluster.call(names[0], "POST", "/\(id)/cancel").status == 200)
            let killed = round % 2 == 1
            if killed { try await cluster.kill(names[0]) }
            let callers = killed ? Array(names.dropFirst()) : names
            try await Self.wait(for: id, on: names[1], of: cluster, "true") {
                $0.body.contains("\"isForceCancelAllowed\":true") ? "true" : "false"
            }
            let winner = try await Self.race(
                id,
                remote,
                callers,
                reporter: names[2],
                withReport: round % 4 > 1,
                cluster
            )
            wins[winner, default: 0] += 1
            if killed { try await cluster.start(names[0]) }
            var answers: Set<String> = []
            for name in cluster.names {
                let reply = try await cluster.call(
                    name,
                    "GET",
                    "/\(id)?fields=state,previousState,cause,completedTime,executableStatus"
                )
                answers.insert(reply.body.replacing(try node(name, cluster), with: ""))
                #expect(reply.text("state") == "CANCELLED", "seed \(ChaosSettings.seed): \(reply.body)")
            }
            #expect(answers.count == 1, "all nodes say the same: \(answers), seed \(ChaosSettings.seed)")
        }
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(ids)
        ChaosSettings.report(
            """
            forceCancel: \(rounds) requests, 20 calls each over the nodes, won by force \(wins[.force] ?? 0) times, by \
            the late report \(wins[.report] ?? 0) times, \(verdict.doubles.count) doubles, ends \(verdict.ends)
            """
        )
        try await Self.expectStop(cluster)
    }

    private func node(_ name: String, _ cluster: ClusterUnderTest) throws -> String { try cluster.node(name).baseURL }

    private enum ForceWinner: Hashable, Sendable {
        case force
        case report
        case nobody
    }

    /// Twenty forceCancels over the nodes, and a report that comes late, at once.
    private static func race(
        _ id: Int64,
        _ remote: RemoteEnd,
        _ names: [String],
        reporter: String,
        withReport: Bool,
        _ cluster: ClusterUnderTest
    ) async throws -> ForceWinner {
        let handle = try #require(remote.handle(of: id), "the other side was called")
        let report = "{\"requestHandle\":\"\(handle)\",\"status\":\"SUCCESS\"}"
        let (forced, reported) = try await withThrowingTaskGroup(
            of: (isForce: Bool, reply: ServerProcess.Reply).self
        ) { group in
            for number in 0..<20 {
                let name = names[number % names.count]
                group.addTask { (true, try await cluster.call(name, "POST", "/\(id)/forceCancel")) }
            }
            if withReport {
                group.addTask { (false, try await cluster.call(reporter, "POST", "/\(id)/executionStatus", report)) }
            }
            var forced: [ServerProcess.Reply] = []
            var reported: ServerProcess.Reply?
            for try await answer in group {
                if answer.isForce { forced.append(answer.reply) } else { reported = answer.reply }
            }
            return (forced, reported)
        }
        let late = try await cluster.call(reporter, "POST", "/\(id)/executionStatus", report)
        let granted = forced.filter { $0.status == 200 }.count
        let refused = forced.filter { $0.status != 200 }
        let seed = "seed \(ChaosSettings.seed)"
        for reply in refused {
            let isKnown = reply.status == 400 && reply.text("errorCode") == "ESS-01013"
            #expect(isKnown || reply.status == 409 && reply.text("errorCode") == "ESS-01051", "\(reply.body), \(seed)")
        }
        if let reported, reported.status == 200 {
            #expect(granted == 0, "the report has won, \(seed)")
            #expect(late.status == 200, "a repeated final report has no effect: \(late.body), \(seed)")
            return .report
        }
        if let reported { #expect(reported.text("errorCode") == "ESS-01052", "\(reported.body), \(seed)") }
        #expect(granted == 1, "exactly one of twenty is granted, \(seed)")
        #expect(late.status == 409 && late.text("errorCode") == "ESS-01052", "\(late.body), \(seed)")
        return granted == 1 ? .force : .nobody
    }

    /// Asks a node until the request has what is wanted.
    static func wait(
        for id: Int64,
        on name: String,
        of cluster: ClusterUnderTest,
        _ wanted: String,
        _ value: (ServerProcess.Reply) -> String?
    ) async throws {
        let isThere = try await ClusterUnderTest.wait(.seconds(30)) {
            value(try await cluster.call(name, "GET", "/\(id)")) == wanted
        }
        try #require(isThere != nil, "request \(id) comes to \(wanted), seed \(ChaosSettings.seed)")
    }
}
