import Foundation

extension Bench {
    private static let drainTimeoutSeconds = 600.0
    private static let attempts = 3
    /// Between the last submission and the instant at which all are due.
    private static let marginSeconds = 2.0

    /// Requests that are all due at one instant, until the last has ended.
    func drain() throws -> Section {
        let folder = try folder()
        return try with(folder, ["--processor-threads", "\(Sizes.drainThreads)"]) { server in
            var total = 0
            let counts = try postgres?.counts()
            var rows = [try drainRow(server, "NoOp", jobs: sizes.drainJobs, total: &total, runs: Sizes.runs)]
            let database =
                try databaseFigures(counts, per: sizes.drainJobs * Sizes.runs)
                .map { ["a job costs \($0), its submission and the caller's polls included"] } ?? []
            if let jobs = sizes.bigDrainJobs {
                rows.append(try drainRow(server, "NoOp", jobs: jobs, total: &total, runs: Sizes.runs))
            }
            let bare = try (0..<Sizes.runs).map { _ in
                guard let postgres else {
                    return try ClaimFinishReference.run(path: folder.path("reference.db"), jobs: sizes.drainJobs)
                }
                return try PostgresClaimFinishReference.run(try postgres.database(of: folder), jobs: sizes.drainJobs)
            }
            return Section(
                title: "In-process no-ops due at one instant, claimed, run and finished with their history",
                notes: [
                    "\(Sizes.drainThreads) threads; from that instant to the last terminal state, polled every 10 ms; "
                        + "lateness = start − due",
                    "bare reference: \(Figure("", bare).text) jobs/s, claim \(ClaimFinishReference.batch) "
                        + "and finish the last batch in "
                        + (postgres == nil ? "one transaction" : "two transactions") + ", one thread, no history",
                ] + database,
                rows: rows
            )
        }
    }

    /// Real processes: /bin/true with captured output.
    func spawn() throws -> Section {
        let folder = try folder()
        return try with(folder, ["--processor-threads", "\(Sizes.spawnThreads)"]) { server in
            var total = 0
            let row = try drainRow(server, "True", jobs: sizes.spawnJobs, total: &total, runs: Sizes.runs)
            return Section(
                title: "Process jobs (/bin/true, output captured) due at one instant",
                notes: ["\(Sizes.spawnThreads) threads; CPU without that of the processes themselves"],
                rows: [row]
            )
        }
    }

    private struct DrainRun {
        let seconds: Double
        let lateness: Samples
        let serverCPUSeconds: Double
    }

    private func drainRow(
        _ server: BenchServer,
        _ definition: String,
        jobs: Int,
        total: inout Int,
        runs: Int
    ) throws -> Section.Row {
        var results: [DrainRun] = []
        for number in 1...runs {
            tell("draining \(jobs) requests of \(definition), run \(number)")
            results.append(try drainRun(server, definition, jobs: jobs, total: &total))
        }
        return Section.Row(
            name: "\(jobs) \(definition)",
            figures: [
                Figure("jobs/s", results.map { Double(jobs) / $0.seconds }),
                Figure("all ended s", results.map(\.seconds)),
                Figure("late p50 ms", results.map { $0.lateness.percentile(50) }),
                Figure("late p99 ms", results.map { $0.lateness.percentile(99) }),
                Figure("late max ms", results.map { $0.lateness.percentile(100) }),
                Figure("server CPU µs", results.map { $0.serverCPUSeconds * 1e6 / Double(jobs) }),
            ]
        )
    }

    /// Submits all before they are due; if that takes longer than thought, it is done again with more time.
    private func drainRun(
        _ server: BenchServer,
        _ definition: String,
        jobs: Int,
        total: inout Int
    ) throws -> DrainRun {
        var seconds = Double(jobs) / 2_000 + Self.marginSeconds
        for _ in 0..<Self.attempts {
            let due = Instant.wall() / 1_000_000_000 + Int64(seconds.rounded(.up)) + 1
            let message = server.messages.submit(definition, start: Instant.text(second: due))
            let first = Smallest()
            _ = try Load.run(on: server, connections: Sizes.fillConnections, .calls(jobs)) { connection, _ in
                let reply = try connection.exchange(message, expecting: 201)
                if let id = reply.integer("id") { first.note(id) }
            }
            total += jobs
            let isEarly = Instant.wall() < due * 1_000_000_000
            while Instant.wall() < due * 1_000_000_000 { usleep(200) }
            let cpu = try server.cpuSeconds()
            try server.drain(within: Self.drainTimeoutSeconds)
            let drained = Double(Instant.wall() - due * 1_000_000_000) / 1e9
            let used = try server.cpuSeconds() - cpu
            try server.check(#"state eq "SUCCEEDED""#, count: total)
            guard isEarly else {
                seconds *= 2
                continue
            }
            let lateness = try lateness(server, from: first.value, due: due * 1000, count: jobs)
            return DrainRun(seconds: drained, lateness: lateness, serverCPUSeconds: used)
        }
        throw BenchmarkError("\(jobs) requests cannot be submitted before they are due")
    }

    private struct Page: Decodable {
        struct Item: Decodable {
            let requestId: Int64
            let processStartTime: String
        }
        let items: [Item]
    }

    /// Start less due instant of the requests from `first` on.
    private func lateness(_ server: BenchServer, from first: Int64, due: Int64, count: Int) throws -> Samples {
        let connection = try Connection(port: server.port)
        var samples = Samples()
        var last = first - 1
        while true {
            let message = server.messages.list(
                "requestId gt \(last)",
                "&limit=500&orderBy=requestId&fields=requestId,processStartTime"
            )
            let page = try JSONDecoder().decode(
                Page.self,
                from: Data(connection.exchange(message, expecting: 200).body)
            )
            guard let end = page.items.last?.requestId else { break }
            for item in page.items {
                guard let start = Instant.milliseconds(item.processStartTime) else {
                    throw BenchmarkError("\(item.processStartTime) is no instant")
                }
                samples.add(milliseconds: Double(start - due))
            }
            last = end
        }
        guard samples.count == count else { throw BenchmarkError("\(samples.count) requests started, not \(count)") }
        samples.sort()
        return samples
    }
}
