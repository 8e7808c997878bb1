extension Bench {
    /// What callers notice of a server that has something else on its hands: in each run submits that are not due, then
    /// starts of single requests.
    func submitsAndStarts(_ server: BenchServer, _ name: String) throws -> (submits: [LoadResult], starts: [Samples]) {
        let message = server.messages.submit("NoOp", start: BenchServer.farStart)
        func submits(_ seconds: Double) throws -> LoadResult {
            try Load.run(on: server, connections: Sizes.connections, .seconds(seconds)) { connection, _ in
                try connection.exchange(message, expecting: 201)
            }
        }
        _ = try submits(sizes.warmUpSeconds)
        var loads: [LoadResult] = []
        var starts: [Samples] = []
        for number in 1...Sizes.runs {
            tell("\(name), run \(number) of \(Sizes.runs)")
            loads.append(try submits(sizes.windowSeconds))
            starts.append(try startLatencies(server, jobs: sizes.latencyJobs))
        }
        return (loads, starts)
    }
}
