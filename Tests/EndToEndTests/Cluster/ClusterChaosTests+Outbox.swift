import Foundation
import PostgresClient
import PostgresTesting
import SchedulerCore
import Testing

extension ClusterChaosTests {
    /// Milliseconds that the median may take on a busy machine; a poll would take a third of the lease.
    private static let deliveryMillisecondsMax = 300.0
    /// Long, so that who leads at the start leads to the end, and a poll would be far too late.
    private static let calmLeaseSeconds = 60

    @Test("I61: what one node puts into the outbox the leader among the others delivers at once", .timeLimit(limit))
    func outboxWakeUp() async throws {
        let schema = try PrivatePostgres.shared().schema("chaos_outbox")
        let remote = try RemoteEnd()
        let cluster = try ClusterUnderTest(
            names: ["first", "second"],
            database: schema.uri,
            leaseSeconds: Self.calmLeaseSeconds
        )
        try await cluster.startAll()
        let connection = try cluster.connect()
        // Whoever delivers this leads from now on.
        let early = try await Self.cancelWithCallback(to: remote, on: "first", of: cluster)
        _ = try await Self.delivery(of: early, connection)
        let leader = try #require(try Self.deliverer(connection))
        let writer = try #require(cluster.names.first { $0 != leader })
        var delays: [Double] = []
        for _ in 0..<ChaosSettings.either(30, 300) {
            let id = try await Self.cancelWithCallback(to: remote, on: writer, of: cluster)
            delays.append(try await Self.delivery(of: id, connection))
        }
        let median = delays.median ?? .infinity
        ChaosSettings.report(
            """
            outbox: \(delays.count) events here, delivered there: p50 \(median.text(0)) ms, \
            p99 \((delays.quantile(0.99) ?? 0).text(0)) ms
            """
        )
        #expect(try Self.deliverer(connection) == leader, "one node has delivered all, seed \(ChaosSettings.seed)")
        #expect(median < Self.deliveryMillisecondsMax, "p50 of \(delays), seed \(ChaosSettings.seed)")
        try await Self.expectStop(cluster)
    }

    /// A request that waits for its time, and is cancelled: the node that is asked to writes the event.
    private static func cancelWithCallback(
        to remote: RemoteEnd,
        on name: String,
        of cluster: ClusterUnderTest
    ) async throws -> Int64 {
        let body = ClusterUnderTest.submission("NoOp", more: ",\"startTime\":\"2099-01-01T00:00:00Z\"")
        let submitted = try await cluster.call(name, "POST", "", body)
        let id = try #require(submitted.integer("id"), "\(submitted.body)")
        let subscription = "{\"callbackUrlPrefix\":\"\(remote.url)\",\"callbackResourcePath\":\"done\"}"
        let subscribed = try await cluster.call(name, "POST", "/\(id)/subscribe", subscription)
        try #require(subscribed.status == 200, "\(subscribed.body)")
        let cancelled = try await cluster.call(name, "POST", "/\(id)/cancel")
        try #require(cancelled.status == 200, "\(cancelled.body)")
        return id
    }

    /// Milliseconds of store time from a request's event to its delivery.
    private static func delivery(of id: Int64, _ connection: PostgresConnection) async throws -> Double {
        var parameters = PostgresParameters()
        parameters.append(id)
        parameters.append(StoredCodes.deliveryStatuses.code(.delivered))
        let request = parameters
        var delay: Int64?
        _ = try await ClusterUnderTest.wait(.seconds(120)) {
            delay = try connection.query(
                "SELECT last_time - since_time FROM outbox WHERE request_id = $1::bigint AND status = $2::bigint",
                request
            ).firstRow { $0.integer() }
            return delay != nil
        }
        return Double(try #require(delay, "the event of \(id) is delivered, seed \(ChaosSettings.seed)"))
    }

    /// Name of the node that leads the deliveries.
    private static func deliverer(_ connection: PostgresConnection) throws -> String? {
        var parameters = PostgresParameters()
        parameters.append(StoredCodes.leaderRoles.code(.outbox))
        return try connection.query(
            "SELECT n.name FROM leader l JOIN node n ON n.id = l.node WHERE l.role = $1::bigint",
            parameters
        ).firstRow { $0.text() }
    }
}
