import Foundation

extension Bench {
    /// Submits and starts while requests that ended long ago are purged, beside the same without a purge (A51, P12).
    func purge() throws -> [Section] {
        let folder = try folder()
        // One request that ran, of which all others are made.
        try with(folder) { server in
            _ = try Connection(port: server.port).exchange(server.messages.submit("NoOp"), expecting: 201)
            try server.wait(#"state eq "SUCCEEDED""#, count: 1, within: Self.firstRunSeconds)
        }
        tell("making \(sizes.purgedRequests) requests that ended long ago")
        let old = CopiedRequests.finished(sizes.purgedRequests)
        if let postgres {
            try CopiedRequests.fillPostgres(postgres.database(of: folder), [old])
        } else {
            try CopiedRequests.fillSQLite(folder.path("data/escapement.db"), [old])
        }
        return try with(folder, ["--purge-physical-after", "0s"]) { server in
            let undisturbed = try purgeRows(server, "without purge")
            let connection = try Connection(port: server.port)
            let order = #"{"criteria":{},"retentionDays":{"default":1}}"#
            _ = try connection.exchange(server.messages.post("/api/v1/purge/run", order), expecting: 202)
            let start = Instant.monotonic()
            let disturbed = try purgeRows(server, "with purge")
            let seconds = Instant.seconds(since: start)
            let run = try connection.exchange(server.messages.get("/api/v1/purge/runs?limit=1"), expecting: 200)
            let taken = run.integer("requests") ?? 0
            let gone = try remaining(old, connection, server)
            let title = "while \(sizes.purgedRequests) finished requests are purged"
            return [
                Section(
                    title: "Submits at \(Sizes.connections) connections \(title)",
                    notes: [
                        "the purge went on for \(Figure("", [seconds]).text) s of load and had marked "
                            + "\(taken) requests by then; its run was \(run.string("state") ?? "lost"), and \(gone)",
                        "with / without: submits/s \(Self.ratio(disturbed.rate, undisturbed.rate)), "
                            + "p99 \(Self.ratio(disturbed.submit, undisturbed.submit))",
                    ],
                    rows: [undisturbed.submits, disturbed.submits]
                ),
                Section(
                    title: "Submit → start, one at a time, \(title)",
                    notes: ["with / without: p99 \(Self.ratio(disturbed.start, undisturbed.start))"],
                    rows: [undisturbed.starts, disturbed.starts]
                ),
            ]
        }
    }

    private static let firstRunSeconds = 30.0

    private struct PurgeFigures {
        let submits: Section.Row
        let starts: Section.Row
        /// Submits a second, and 99th percentiles in milliseconds; one a run.
        let rate: [Double]
        let submit: [Double]
        let start: [Double]
    }

    private func purgeRows(_ server: BenchServer, _ name: String) throws -> PurgeFigures {
        let (loads, starts) = try submitsAndStarts(server, name)
        return PurgeFigures(
            submits: Section.Row(name: name, figures: Self.figures(loads, unit: "submits")),
            starts: Section.Row(name: name, figures: Self.percentiles(starts)),
            rate: loads.map(\.rate),
            submit: loads.map { $0.samples.percentile(99) },
            start: starts.map { $0.percentile(99) }
        )
    }

    /// Whether rows of the made requests are left.
    private func remaining(_ old: CopiedRequests, _ connection: Connection, _ server: BenchServer) throws -> String {
        let message = server.messages.get(old.firstNumber)
        return try connection.exchange(message).status == 200 ? "the oldest was still there" : "the oldest was gone"
    }

    private static func ratio(_ with: [Double], _ without: [Double]) -> String {
        let value = Figure("", with).median / Figure("", without).median
        return "\(Double((value * 100).rounded()) / 100)"
    }
}
