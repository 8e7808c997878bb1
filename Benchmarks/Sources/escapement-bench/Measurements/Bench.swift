import Foundation

/// What every measurement needs.
struct Bench {
    let options: Options
    let sizes: Sizes
    /// The database of all nodes; nil: each server has SQLite.
    let postgres: BenchPostgres?

    init(_ options: Options) throws {
        self.options = options
        postgres = options.isOnPostgres ? try BenchPostgres(below: options.directory) : nil
        sizes = options.isQuick ? .quick : .full
    }

    func folder() throws -> DataFolder { try DataFolder(below: options.directory) }

    func with<Value>(_ folder: DataFolder, _ flags: [String] = [], _ body: (BenchServer) throws -> Value) throws
        -> Value
    {
        guard let postgres else { return try BenchServer.with(options.server, folder, flags, body) }
        let key = folder.path("secret.key")
        if !FileManager.default.fileExists(atPath: key) {
            let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) })
            _ = FileManager.default.createFile(atPath: key, contents: bytes, attributes: [.posixPermissions: 0o600])
        }
        let shared = [
            "--store-url", try postgres.database(of: folder), "--secrets-key-file", key,
            "--content-dir", folder.path("content"),
        ]
        func start(_ number: Int) throws -> BenchServer {
            let name = "node-\(number)"
            return try BenchServer(options.server, folder, shared + ["--node-name", name] + flags, data: name)
        }
        let server = try start(1)
        let result = Result {
            for number in 1..<options.nodes { server.peers.append(try start(number + 1)) }
            return try body(server)
        }
        for node in server.peers + [server] { do { try node.stop() } catch  where (try? result.get()) == nil {} }
        return try result.get()
    }

    /// Figures of what the database did for each of so many jobs or calls; none for SQLite.
    func databaseFigures(_ before: BenchPostgres.Counts?, per count: Int) throws -> String? {
        guard let before, let after = try postgres?.counts() else { return nil }
        let (count, commits) = (Double(count), after.commits - before.commits)
        return "\(Figure("", [(after.walBytes - before.walBytes) / count]).text) bytes of WAL, "
            + "\(Figure("", [commits / count]).text) commits, "
            + "\(Figure("", [(after.cpuSeconds - before.cpuSeconds) * 1e6 / count]).text) µs CPU of the database"
    }

    func wants(_ measurement: Measurement) -> Bool { options.measurements.contains(measurement) }

    /// What is going on, for whoever waits.
    func tell(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

    /// Rate, percentiles and processor time of the runs of one load.
    static func figures(_ runs: [LoadResult], unit: String) -> [Figure] {
        [
            Figure("\(unit)/s", runs.map(\.rate)),
            Figure("slowest s", runs.map(\.slowestSecond)),
            Figure("p50 ms", runs.map { $0.samples.percentile(50) }),
            Figure("p95 ms", runs.map { $0.samples.percentile(95) }),
            Figure("p99 ms", runs.map { $0.samples.percentile(99) }),
            Figure("max ms", runs.map { $0.samples.percentile(100) }),
            Figure("server CPU µs", runs.map(\.serverMicrosecondsPerCall)),
            Figure("load CPU µs", runs.map(\.ownMicrosecondsPerCall)),
        ]
    }

    /// Percentiles of samples in milliseconds; one set a run.
    static func percentiles(_ runs: [Samples]) -> [Figure] {
        [
            Figure("p50 ms", runs.map { $0.percentile(50) }),
            Figure("p95 ms", runs.map { $0.percentile(95) }),
            Figure("p99 ms", runs.map { $0.percentile(99) }),
            Figure("max ms", runs.map { $0.percentile(100) }),
        ]
    }
}
