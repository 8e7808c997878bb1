import Foundation

extension Bench {
    private static let firstRunSeconds = 30.0

    /// What callers and an idle server notice of a million requests that wait and a million that have ended (P9).
    func crowd() throws -> Section {
        let empty = try folder()
        let row = try with(empty) { try crowdRow($0, "empty store") }
        let folder = try folder()
        try with(folder) { server in
            let connection = try Connection(port: server.port)
            _ = try connection.exchange(server.messages.submit("NoOp"), expecting: 201)
            try server.wait(#"state eq "SUCCEEDED""#, count: 1, within: Self.firstRunSeconds)
            _ = try connection.exchange(server.messages.submit("NoOp", start: BenchServer.farStart), expecting: 201)
        }
        tell("making \(sizes.crowdRequests) requests that have ended and as many that wait")
        let models = [CopiedRequests.finished(sizes.crowdRequests), CopiedRequests.waiting(sizes.crowdRequests)]
        if let postgres {
            try CopiedRequests.fillPostgres(postgres.database(of: folder), models)
        } else {
            try CopiedRequests.fillSQLite(folder.path("data/escapement.db"), models)
        }
        let full = try with(folder) { try crowdRow($0, "\(sizes.crowdRequests) waiting, as many ended") }
        return Section(
            title: "A store full of requests",
            notes: [
                "submits at \(Sizes.connections) connections; start: submission to start of \(sizes.latencyJobs) "
                    + "single requests; CPU in % of one core over \(sizes.idleSeconds) s of rest before all that",
                "ready: from before the process is made to its ready line",
            ],
            rows: [row, full]
        )
    }

    private func crowdRow(_ server: BenchServer, _ name: String) throws -> Section.Row {
        let idle = try idleRow(server, name)
        let (loads, starts) = try submitsAndStarts(server, name)
        return Section.Row(
            name: name,
            figures: [
                Figure("submits/s", loads.map(\.rate)),
                Figure("p99 ms", loads.map { $0.samples.percentile(99) }),
                Figure("start p50 ms", starts.map { $0.percentile(50) }),
                Figure("start p99 ms", starts.map { $0.percentile(99) }),
            ] + idle.figures.prefix(2) + [
                Figure("ready s", [server.startSeconds])
            ]
        )
    }
}
