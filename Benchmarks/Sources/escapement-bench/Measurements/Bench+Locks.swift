import Foundation

extension Bench {
    private static let lockedTimeoutSeconds = 600.0
    /// Between the last submission and the instant at which all are due.
    private static let marginSeconds = 3.0

    /// The same load without and with an incompatibility in a domain of many values.
    func locks() throws -> Section {
        let folder = try folder()
        return try with(folder, ["--processor-threads", "\(Sizes.drainThreads)"]) { server in
            let free = try lockRow(server, "NoOp", "no incompatibility")
            let keyed = try lockRow(server, "Keyed", "\(Sizes.lockValues) values")
            return Section(
                title: "\(sizes.drainJobs) no-ops due at one instant, incompatible in a domain of "
                    + "\(Sizes.lockValues) values",
                notes: ["percentiles: submission to start of single requests of an idle server"],
                rows: [free, keyed]
            )
        }
    }

    private func lockRow(_ server: BenchServer, _ definition: String, _ name: String) throws -> Section.Row {
        var rates: [Double] = []
        var starts: [Samples] = []
        for number in 1...Sizes.runs {
            tell("\(sizes.drainJobs) requests of \(definition), run \(number) of \(Sizes.runs)")
            rates.append(Double(sizes.drainJobs) / (try secondsOfDrain(server, definition)))
            starts.append(try startLatencies(server, jobs: sizes.latencyJobs, of: definition))
        }
        return Section.Row(name: name, figures: [Figure("jobs/s", rates)] + Self.percentiles(starts))
    }

    private func secondsOfDrain(_ server: BenchServer, _ definition: String) throws -> Double {
        let seconds = Double(sizes.drainJobs) / 2_000 + Self.marginSeconds
        let due = Instant.wall() / 1_000_000_000 + Int64(seconds.rounded(.up))
        let messages = (0..<Sizes.lockValues).map {
            server.messages.submit(definition, start: Instant.text(second: due), argument: "K\($0)")
        }
        _ = try Load.run(on: server, connections: Sizes.fillConnections, .calls(sizes.drainJobs)) {
            connection,
            number in
            try connection.exchange(messages[number % messages.count], expecting: 201)
        }
        guard Instant.wall() < due * 1_000_000_000 else {
            throw BenchmarkError("\(sizes.drainJobs) requests cannot be submitted before they are due")
        }
        while Instant.wall() < due * 1_000_000_000 { usleep(200) }
        try server.drain(within: Self.lockedTimeoutSeconds)
        return Double(Instant.wall() - due * 1_000_000_000) / 1e9
    }
}
