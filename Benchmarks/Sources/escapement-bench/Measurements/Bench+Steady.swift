import Foundation

extension Bench {
    private static let slices = 10
    private static let drainSeconds = 120.0

    /// No-ops submitted at an even rate for a long time: what stays flat, and what does not.
    func steady() throws -> Section {
        let folder = try folder()
        return try with(folder, ["--processor-threads", "\(Sizes.drainThreads)"]) { server in
            let database = try postgres.map { try PostgresSession($0.database(of: folder)) }
            let counts = try postgres?.counts()
            var rows: [Section.Row] = []
            var total = 0
            for slice in 1...Self.slices {
                tell("steady load, part \(slice) of \(Self.slices)")
                let result = try steadySlice(server, seconds: sizes.steadySeconds / Double(Self.slices))
                total += result.samples.count
                var figures = Self.figures([result], unit: "submits").filter { $0.name != "slowest s" }
                figures.append(Figure("RSS MiB", [try ProcessStatistics.residentMebibytes(of: server.pid)]))
                if let database { figures += try Self.tables(database) }
                rows.append(Section.Row(name: "part \(slice)", figures: figures))
            }
            try server.drain(within: Self.drainSeconds)
            let cost = try databaseFigures(counts, per: total).map { ["a job costs \($0)"] } ?? []
            return Section(
                title: "Steady load of no-ops",
                notes: [
                    "\(Figure("", [Sizes.steadyRate]).text) submits/s for \(Figure("", [sizes.steadySeconds]).text) s, "
                        + "each run to its end; one row a tenth"
                ] + cost,
                rows: rows
            )
        }
    }

    /// Callers that keep to a timetable: one that is late does not wait.
    private func steadySlice(_ server: BenchServer, seconds: Double) throws -> LoadResult {
        let message = server.messages.submit("NoOp")
        let calls = Int(Sizes.steadyRate * seconds)
        let start = Instant.monotonic()
        return try Load.run(on: server, connections: Sizes.connections, .calls(calls)) { connection, number in
            let due = start + Int64(Double(number) / Sizes.steadyRate * 1e9)
            let early = due - Instant.monotonic()
            if early > 0 { usleep(UInt32(early / 1000)) }
            try connection.exchange(message, expecting: 201)
        }
    }

    private static func tables(_ database: PostgresSession) throws -> [Figure] {
        try database.execute("SELECT pg_stat_clear_snapshot()")
        let course = "FROM pg_stat_user_tables WHERE relname = 'request_course'"
        return [
            Figure("dead rows", [try database.number("SELECT n_dead_tup \(course)")]),
            Figure("vacuums", [try database.number("SELECT autovacuum_count \(course)")]),
            Figure(
                "hot MiB",
                [try database.number("SELECT pg_total_relation_size(relid) / 1048576.0 \(course)")]
            ),
        ]
    }
}
