import Foundation

extension Bench {
    private static let minuteSeconds = 60.0

    /// Many schedules of an instant a minute each, spread over its seconds.
    func schedules() throws -> Section {
        let folder = try folder()
        return try with(folder, ["--processor-threads", "\(Sizes.drainThreads)"]) { server in
            tell("submitting \(sizes.schedules) schedules")
            let start = Instant.monotonic()
            let messages = server.messages
            _ = try Load.run(on: server, connections: Sizes.fillConnections, .calls(sizes.schedules)) {
                connection,
                number in
                try connection.exchange(messages.recurring("NoOp", second: number % 60), expecting: 201)
            }
            let submitted = Instant.seconds(since: start)
            usleep(UInt32(Self.minuteSeconds * 1e6))
            var rows: [Section.Row] = []
            for number in 1...Sizes.runs {
                tell("a minute of \(sizes.schedules) schedules, run \(number) of \(Sizes.runs)")
                let from = Instant.wall() / 1_000_000_000
                let cpu = try server.cpuSeconds()
                usleep(UInt32(Self.minuteSeconds * 1e6))
                let used = try server.cpuSeconds() - cpu
                let lateness = try lateness(server, from: from, to: from + Int64(Self.minuteSeconds))
                rows.append(
                    Section.Row(
                        name: "minute \(number)",
                        figures: [
                            Figure("started", [Double(lateness.count)]),
                            Figure("late p50 ms", [lateness.percentile(50)]),
                            Figure("late p99 ms", [lateness.percentile(99)]),
                            Figure("late max ms", [lateness.percentile(100)]),
                            Figure("CPU %", [100 * used / Self.minuteSeconds]),
                            Figure("RSS MiB", [try ProcessStatistics.residentMebibytes(of: server.pid)]),
                        ]
                    )
                )
            }
            return Section(
                title: "\(sizes.schedules) schedules, each with an instant a minute, spread over its seconds",
                notes: [
                    "submitted in \(Figure("", [submitted]).text) s; started: instances of the minute; "
                        + "lateness = start − instant"
                ],
                rows: rows
            )
        }
    }

    private struct Page: Decodable {
        struct Item: Decodable {
            let requestId: Int64
            let scheduledTime: String
            let processStartTime: String?
        }
        let items: [Item]
    }

    /// Start less instant of instances whose instants lie in [from, to), in seconds since 1970.
    private func lateness(_ server: BenchServer, from: Int64, to: Int64) throws -> Samples {
        let connection = try Connection(port: server.port)
        var samples = Samples()
        var last: Int64 = 0
        while true {
            let message = server.messages.list(
                "requestId gt \(last) and processStartTime ge \"\(Instant.text(second: from))\""
                    + " and processStartTime lt \"\(Instant.text(second: to))\"",
                "&limit=500&orderBy=requestId&fields=requestId,scheduledTime,processStartTime"
            )
            let page = try JSONDecoder().decode(
                Page.self,
                from: Data(connection.exchange(message, expecting: 200).body)
            )
            guard let end = page.items.last?.requestId else { break }
            for item in page.items {
                guard let due = Instant.milliseconds(item.scheduledTime),
                    let start = item.processStartTime.flatMap(Instant.milliseconds)
                else { continue }
                samples.add(milliseconds: Double(start - due))
            }
            last = end
        }
        samples.sort()
        return samples
    }
}
