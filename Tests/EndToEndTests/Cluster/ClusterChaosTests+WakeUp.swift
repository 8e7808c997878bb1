import Foundation
import PostgresClient
import PostgresTesting
import Testing

extension ClusterChaosTests {
    /// Milliseconds that the median may take on a busy machine; on an idle one it is below ten.
    private static let wakeUpMillisecondsMax = 50.0

    @Test("What one node takes an idle one starts at once", .timeLimit(limit))
    func wakeUp() async throws {
        let schema = try PrivatePostgres.shared().schema("chaos_wake")
        let cluster = try ClusterUnderTest(
            names: ["taker", "runner"],
            database: schema.uri,
            surroundings: ["taker": .init(flags: ["--processor-enabled", "false"])]
        )
        try await cluster.startAll()
        let connection = try cluster.connect()
        var ids: [Int64] = []
        for _ in 0..<ChaosSettings.either(50, 500) {
            let id = try await cluster.submit("NoOp", to: "taker")
            ids.append(id)
            try await Self.wait(for: id, on: "runner", of: cluster, "SUCCEEDED") { $0.text("state") }
        }
        var parameters = PostgresParameters()
        parameters.append(array: ids)
        let delays = try connection.query(
            """
            SELECT c.first_start_time - f.submission_time FROM request_course c JOIN request_fact f USING (id)
            WHERE c.id = ANY ($1::bigint[])
            """,
            parameters
        ).rows { Double($0.integer()) }
        let median = delays.median ?? .infinity
        ChaosSettings.report(
            """
            wake-up: \(delays.count) submits here, starts there: p50 \(median.text(0)) ms, \
            p99 \((delays.quantile(0.99) ?? 0).text(0)) ms
            """
        )
        #expect(delays.count == ids.count)
        #expect(median < Self.wakeUpMillisecondsMax, "p50 of \(delays), seed \(ChaosSettings.seed)")
        try await ClusterOracle(cluster: cluster).expectPromise(ids)
        try await Self.expectStop(cluster)
    }
}
