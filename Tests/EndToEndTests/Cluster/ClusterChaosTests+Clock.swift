import Foundation
import PostgresClient
import PostgresTesting
import Testing

extension ClusterChaosTests {
    /// Shows a process another wall clock; nil where it is not installed.
    static let fakeTime: String? = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].lazy.flatMap { folder in
        ["\(folder)/faketime"]
            + ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map {
                "\(folder)/\($0)/faketime"
            }
    }.map { "\($0)/libfaketime.so.1" }.first { FileManager.default.fileExists(atPath: $0) }

    /// Seconds: no node must lose its lease here, also not on a machine that has other work to do.
    private static let lastingLease = 15

    // The library comes with the package `faketime`; without it no process can be shown another clock.
    @Test(
        "Fault 7: a node whose wall clock is wrong, or jumps, keeps its lease and writes the time of the store",
        .enabled(if: fakeTime != nil, "libfaketime is not installed"),
        .timeLimit(limit)
    )
    func wrongClock() async throws {
        let library = try #require(Self.fakeTime)
        let folder = try TestFolder("")
        let clock = folder.path("clock")
        try Self.set(clock, "+2h")
        let schema = try PrivatePostgres.shared().schema("chaos_clock")
        let cluster = try ClusterUnderTest(
            database: schema.uri,
            leaseSeconds: Self.lastingLease,
            surroundings: [
                // The library adds to the environment of the first process that loads it, where the server then would
                // not find its arguments; the command in between takes that upon itself.
                "north": .init(
                    launcher: ["/usr/bin/env"],
                    environment: [
                        "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                    ]
                )
            ]
        )
        try await cluster.startAll()
        let journal = Journal()
        let ahead = Self.firstHour(cluster.log("north"))
        let behind = Self.firstHour(cluster.log("east"))
        #expect(ahead != behind, "the node sees another clock, else the test shows nothing: \(ahead), \(behind)")
        let shifts = ChaosSettings.either(["-1h", "+2h"], ["-1h", "+2h", "-30d", "+400d", "+0"])
        try await Load(cluster, journal, clients: 3, kinds: Load.mixed + [.slow, .nap]).during {
            try await SystemPause.milliseconds(2000)
            for shift in shifts {
                try Self.set(clock, shift)
                // Longer than a lease, so that one would be missed.
                try await SystemPause.milliseconds(Self.lastingLease * 1000 + 500)
            }
        }
        let verdict = try await ClusterOracle(cluster: cluster).expectPromise(journal.ids)
        #expect(verdict.attemptsMax == 1, "no attempt is lost, seed \(ChaosSettings.seed)")
        #expect(verdict.ends.keys.sorted() == ["SUCCEEDED"], "\(verdict.ends), seed \(ChaosSettings.seed)")
        for name in cluster.names {
            let log = cluster.log(name)
            #expect(Self.memberships(of: name, cluster) == 1, "\(name) keeps its lease: \(log.suffix(1000))")
        }
        let connection = try cluster.connect()
        let (oldest, newest) = try Self.span(of: journal.entries.filter { $0.node == "north" }.map(\.id), connection)
        let now = try connection.query("SELECT clock_timestamp()").firstRow { $0.instant() } ?? 0
        #expect(newest <= now && oldest > now - 600_000, "instants are the store's: \(oldest)…\(newest), now \(now)")
        ChaosSettings.report(
            """
            clock: \(shifts.count) jumps, \(verdict.acknowledged) acknowledged, \(verdict.lost.count) lost, \
            \(verdict.doubles.count) doubles, ends \(verdict.ends), attempts at most \(verdict.attemptsMax)
            """
        )
        try await Self.expectStop(cluster)
    }

    /// Date and hour of the first line of a log.
    private static func firstHour(_ log: String) -> String {
        log.firstMatch(of: /\d{4}-\d\d-\d\dT\d\d/).map { String($0.0) } ?? ""
    }

    private static func set(_ file: String, _ shift: String) throws {
        try "\(shift)\n".write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// Oldest and newest instant of these requests, in milliseconds.
    private static func span(of ids: [Int64], _ connection: PostgresConnection) throws -> (Int64, Int64) {
        var parameters = PostgresParameters()
        parameters.append(array: ids)
        let span = try connection.query(
            """
            SELECT min(f.submission_time), max(greatest(f.submission_time, c.completed_time, c.state_time))
            FROM request_fact f JOIN request_course c USING (id) WHERE f.id = ANY ($1::bigint[])
            """,
            parameters
        ).firstRow { ($0.integer(), $0.integer()) }
        return try #require(span)
    }
}
