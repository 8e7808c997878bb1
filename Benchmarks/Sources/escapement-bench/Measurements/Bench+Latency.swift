import Foundation

extension Bench {
    /// Between two requests, so that the server is idle again.
    private static let pauseMicroseconds: UInt32 = 5_000

    /// Submission to start, and to the end as a caller sees it, of an idle server: one request at a time.
    func latency() throws -> Section {
        tell("latency of \(sizes.latencyJobs) single requests")
        let folder = try folder()
        return try with(folder) { server in
            _ = try latencyRun(server, jobs: 20)
            var runs: [Latencies] = []
            for _ in 0..<Sizes.runs { runs.append(try latencyRun(server, jobs: sizes.latencyJobs)) }
            return Section(
                title: "Idle server, one no-op at a time",
                notes: [
                    "the server's instants have whole milliseconds; the caller polls without pause on the same cores",
                    "fsyncs: submit 1, submit to start 2, submit to end 3",
                ],
                rows: [
                    row("submit → 201, caller", runs.map(\.submit)),
                    row("submissionTime → processStartTime", runs.map(\.start)),
                    row("submit → SUCCEEDED seen by caller", runs.map(\.end)),
                    row("waitTime (due → RUNNING)", runs.map(\.wait)),
                    row("readyWaitTime", runs.map(\.readyWait)),
                ]
            )
        }
    }

    /// Submission to start of single requests, in milliseconds, sorted.
    func startLatencies(_ server: BenchServer, jobs: Int, of definition: String = "NoOp") throws -> Samples {
        try latencyRun(server, jobs: jobs, of: definition).start
    }

    private func row(_ name: String, _ runs: [Samples]) -> Section.Row {
        Section.Row(name: name, figures: Self.percentiles(runs))
    }

    private struct Latencies {
        var submit = Samples(), start = Samples(), end = Samples(), wait = Samples(), readyWait = Samples()

        mutating func sort() {
            submit.sort()
            start.sort()
            end.sort()
            wait.sort()
            readyWait.sort()
        }
    }

    private func latencyRun(_ server: BenchServer, jobs: Int, of definition: String = "NoOp") throws -> Latencies {
        let connection = try Connection(port: server.port)
        let submit = server.messages.submit(definition)
        var latencies = Latencies()
        for _ in 0..<jobs {
            usleep(Self.pauseMicroseconds)
            let start = Instant.monotonic()
            let reply = try connection.exchange(submit, expecting: 201)
            latencies.submit.add(milliseconds: Instant.seconds(since: start) * 1000)
            guard let id = reply.integer("id") else { throw BenchmarkError("no id in \(reply.text)") }
            let details = try ended(id, connection, server.messages)
            latencies.end.add(milliseconds: Instant.seconds(since: start) * 1000)
            guard let submitted = details.string("submissionTime").flatMap(Instant.milliseconds),
                let started = details.string("processStartTime").flatMap(Instant.milliseconds),
                let wait = details.integer("waitTime"), let readyWait = details.integer("readyWaitTime")
            else { throw BenchmarkError("instants are missing in \(details.text)") }
            latencies.start.add(milliseconds: Double(started - submitted))
            latencies.wait.add(milliseconds: Double(wait))
            latencies.readyWait.add(milliseconds: Double(readyWait))
        }
        latencies.sort()
        return latencies
    }

    private func ended(_ id: Int64, _ connection: Connection, _ messages: Messages) throws -> Reply {
        let get = messages.get(id)
        while true {
            let details = try connection.exchange(get, expecting: 200)
            switch details.string("state") {
            case "SUCCEEDED": return details
            case "ERROR", "CANCELLED", "WARNING", nil: throw BenchmarkError("it did not succeed: \(details.text)")
            default: continue
            }
        }
    }
}
