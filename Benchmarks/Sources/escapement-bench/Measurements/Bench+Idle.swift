import Foundation

extension Bench {
    private static let settleSeconds: UInt32 = 3

    /// What a server costs that has nothing to do.
    func idle() throws -> Section {
        let folder = try folder()
        let row = try with(folder) { try idleRow($0, "empty store") }
        return Section(
            title: "Idle server",
            notes: ["one run of \(sizes.idleSeconds) s; CPU in % of one core"],
            rows: [row]
        )
    }

    func idleRow(_ server: BenchServer, _ name: String) throws -> Section.Row {
        sleep(Self.settleSeconds)
        let before = try ProcessStatistics.cpuSeconds(of: server.pid)
        let start = Instant.monotonic()
        usleep(UInt32(sizes.idleSeconds * 1e6))
        let used = try ProcessStatistics.cpuSeconds(of: server.pid) - before
        return Section.Row(
            name: name,
            figures: [
                Figure("CPU %", [100 * used / Instant.seconds(since: start)]),
                Figure("RSS MiB", [try ProcessStatistics.residentMebibytes(of: server.pid)]),
                Figure("start s", [server.startSeconds]),
            ]
        )
    }

    /// How soon a server with many waiting requests accepts calls, and what they cost it.
    func startup(_ folder: DataFolder) throws -> Section {
        tell("start-up with \(sizes.waitingRequests) waiting requests")
        var starts: [Double] = []
        for _ in 1..<Sizes.runs { starts.append(try with(folder) { $0.startSeconds }) }
        let row = try with(folder) { server in
            starts.append(server.startSeconds)
            return try idleRow(server, "\(sizes.waitingRequests) or more waiting")
        }
        return Section(
            title: "Start with waiting requests",
            notes: ["from before the process is made until its ready line; the file cache is warm"],
            rows: [Section.Row(name: row.name, figures: [row.figures[0], row.figures[1], Figure("start s", starts)])]
        )
    }
}
