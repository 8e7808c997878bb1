import Foundation

extension Bench {
    /// Submission over HTTP beside the bare reference, run about.
    func submit(_ server: BenchServer, _ folder: DataFolder) throws -> Section {
        let reference = try reference(folder)
        let message = server.messages.submit("NoOp", start: BenchServer.farStart)
        func run(_ connections: Int, _ seconds: Double) throws -> LoadResult {
            try Load.run(on: server, connections: connections, .seconds(seconds)) { connection, _ in
                try connection.exchange(message, expecting: 201)
            }
        }
        _ = try run(Sizes.fillConnections, sizes.warmUpSeconds)
        _ = try reference.run(producers: Sizes.fillConnections, seconds: sizes.warmUpSeconds)
        var rows: [Section.Row] = []
        var notes = [
            "each submit: Basic sign-in, definition, rights, validation, two parameters, durable before 201; "
                + "nothing runs",
            "fsyncs: one a group commit, shared by all that waited; alone (1 connection) one a submit",
            postgres == nil
                ? "bare reference: one thread, one INSERT a row of like size, synchronous=FULL, "
                    + "as many waiting producers"
                : "bare reference: \(PostgresReferenceTable.writers) threads, rows of like size by one unnest "
                    + "a commit, synchronous_commit=on, as many waiting producers",
            "reference over HTTP: the same behind a thread a connection that reads the message and answers; "
                + "in the load's process",
        ]
        for connections in sizes.connectionCounts {
            tell("submit at \(connections) connections")
            var (own, web, bare): ([LoadResult], [LoadResult], [LoadResult]) = ([], [], [])
            var (batches, written): ([Double], [Double]) = ([], [])
            var database: [String] = []
            for _ in 0..<Sizes.runs {
                let before = try ProcessStatistics.writtenBytes(of: server.pid)
                let counts = try postgres?.counts()
                let result = try run(connections, sizes.windowSeconds)
                written.append(
                    (try ProcessStatistics.writtenBytes(of: server.pid) - before) / Double(result.samples.count)
                )
                own.append(result)
                if let figures = try databaseFigures(counts, per: result.samples.count) { database.append(figures) }
                web.append(
                    try reference.run(connections: connections, seconds: sizes.windowSeconds, message).result
                )
                let (bareResult, commits) = try reference.run(producers: connections, seconds: sizes.windowSeconds)
                bare.append(bareResult)
                batches.append(Double(bareResult.samples.count) / Double(max(commits, 1)))
            }
            for (name, runs) in [("server", own), ("reference over HTTP", web), ("bare reference", bare)] {
                let ratios = [
                    Figure("of ref. over HTTP", zip(runs, web).map { $0.rate / $1.rate }),
                    Figure("of bare ref.", zip(runs, bare).map { $0.rate / $1.rate }),
                ]
                let figures = Self.figures(runs, unit: "submits") + ratios
                rows.append(Section.Row(name: "\(connections) \(name)", figures: figures))
            }
            if let figures = database.last { notes.append("\(connections): a submit costs \(figures)") }
            notes.append(
                "\(connections): \(Figure("", written).text) bytes written a submit by the server itself; "
                    + "\(Figure("", batches).text) rows a commit of the reference"
            )
        }
        return Section(title: "Submit, by connections, beside the bare reference", notes: notes, rows: rows)
    }

    private func reference(_ folder: DataFolder) throws -> GroupCommitReference {
        guard let postgres else {
            let path = folder.path("reference.db")
            return GroupCommitReference(writers: 1) { try SQLiteReferenceTable(path) }
        }
        let database = try postgres.database(of: folder)
        return GroupCommitReference(writers: PostgresReferenceTable.writers) { try PostgresReferenceTable(database) }
    }

    /// One request by its number, out of many.
    func read(_ server: BenchServer) throws -> Section {
        tell("reading single requests")
        let connection = try Connection(port: server.port)
        let newest = try connection.exchange(
            server.messages.get(Messages.requests + "?orderBy=requestId:desc&limit=1&fields=requestId"),
            expecting: 200
        )
        let oldest = try connection.exchange(
            server.messages.get(Messages.requests + "?limit=1&fields=requestId"),
            expecting: 200
        )
        guard let first = oldest.integer("requestId"), let last = newest.integer("requestId"), first <= last else {
            throw BenchmarkError("there is no request to read")
        }
        let messages = server.messages
        func run(_ seconds: Double) throws -> LoadResult {
            try Load.run(on: server, connections: Sizes.connections, .seconds(seconds)) { connection, _ in
                try connection.exchange(messages.get(.random(in: first...last)), expecting: 200)
            }
        }
        _ = try run(sizes.warmUpSeconds)
        var runs: [LoadResult] = []
        for _ in 0..<Sizes.runs { runs.append(try run(sizes.windowSeconds)) }
        return Section(
            title: "GET one by its number",
            notes: ["of \(last - first + 1) waiting requests, all fields, number at random; no fsync"],
            rows: [Section.Row(name: "HTTP, \(Sizes.connections)", figures: Self.figures(runs, unit: "reads"))]
        )
    }

    /// Brings the store to the number of waiting requests that starts and reads are measured with.
    func fill(_ server: BenchServer) throws {
        let connection = try Connection(port: server.port)
        let newest = try connection.exchange(
            server.messages.get(Messages.requests + "?orderBy=requestId:desc&limit=1&fields=requestId"),
            expecting: 200
        )
        let missing = sizes.waitingRequests - Int(newest.integer("requestId") ?? 0)
        guard missing > 0 else { return }
        tell("filling the store with \(missing) requests")
        try server.fill(missing)
    }
}
