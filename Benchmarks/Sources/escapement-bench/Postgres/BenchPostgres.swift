import Foundation

/// A PostgreSQL for the time of a benchmark (`scripts/private-postgres.sh`): on the disk that is measured, fsync on.
final class BenchPostgres {
    /// What is set beyond the defaults: a machine of this size would have it.
    static let settings = ["shared_buffers=1GB", "max_wal_size=4GB", "checkpoint_timeout=15min"]

    let uri: String
    private let process = Process()
    private let input = Pipe()
    private var databases: [String: String] = [:]

    /// - Parameter directory: parent of its data.
    /// - Throws: `BenchmarkError` if it does not start.
    init(below directory: String) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../../scripts/private-postgres.sh").standardized
        let output = Pipe()
        process.executableURL = script
        process.arguments = Self.settings
        process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": directory]) { $1 }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = ""
        while !line.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw BenchmarkError("the private PostgreSQL did not start") }
            line += String(decoding: data, as: UTF8.self)
        }
        uri = String(line.prefix { $0 != "\n" })
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The database of a folder: one is made for each.
    func database(of folder: DataFolder) throws -> String {
        if let known = databases[folder.root] { return known }
        let name = "bench_\(databases.count)"
        try PostgresSession(uri).execute("CREATE DATABASE \(name)")
        let database = uri.replacingOccurrences(of: "/postgres", with: "/\(name)", options: .backwards)
        databases[folder.root] = database
        return database
    }

    var version: String {
        let version = (try? PostgresSession(uri).execute("SHOW server_version").first) ?? "unknown"
        return "PostgreSQL \(version), \(Self.settings.joined(separator: ", "))"
    }

    /// What it has done since it was started, in all databases.
    func counts() throws -> Counts {
        let session = try PostgresSession(uri)
        try session.execute("SELECT pg_stat_clear_snapshot()")
        return Counts(
            walBytes: try session.number("SELECT wal_bytes FROM pg_stat_wal"),
            commits: try session.number("SELECT sum(xact_commit) FROM pg_stat_database"),
            cpuSeconds: try cpuSeconds()
        )
    }

    struct Counts {
        let walBytes: Double
        let commits: Double
        /// Of all its processes.
        let cpuSeconds: Double
    }

    /// Backends come and go; the time of those that ended is their parent's.
    private func cpuSeconds() throws -> Double {
        let postmaster = try PostgresSession(uri).execute(
            "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"
        )
        guard let pid = postmaster.first.flatMap({ Int32($0) }) else { throw BenchmarkError("no postmaster") }
        return try ProcessStatistics.cpuSecondsWithChildren(of: pid)
    }
}
