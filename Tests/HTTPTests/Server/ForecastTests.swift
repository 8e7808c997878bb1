import HTTPTypes
import SchedulerAPI
import SchedulerCore
import SchedulerTesting
import StoreTesting
import Testing

/// `/api/v1/forecast` (administration §6.3).
@Suite("What will start", .ownStores)
struct ForecastTests {
    private static let path = "/api/v1/forecast"
    /// 2030-03-17T17:46:40Z.
    private static let now = TestServer.start

    private static func recurring(
        _ server: TestServer,
        _ rule: String,
        as user: String = "anna"
    ) async throws -> String {
        let body = #"{"jobDefinitionId":"acme/Sync","schedule":{"recurrences":[{"icalString":"\#(rule)"}]}}"#
        return try #require(try await server.call(.post, "requests", as: user, body: body).member("id"))
    }

    private static func later(_ server: TestServer, seconds: Int64) async throws -> String {
        let start = now + .seconds(seconds)
        let body = #"{"jobDefinitionId":"acme/Typed","startTime":"\#(start)"}"#
        return try #require(try await server.call(.post, "requests", body: body).member("id"))
    }

    private static func items(_ server: TestServer, _ query: String = "", as user: String = "anna") async throws
        -> [JSONValue]
    {
        let reply = try await server.call(.get, path + query, as: user)
        reply.expect(200)
        return Array(try #require(reply.json["items"]).elements)
    }

    @Test(
        "The next day: instances of schedules, made or not, and requests with a start time, with ends by earlier runs"
    )
    func nextDay() async throws {
        let server = try await TestServer()
        let first = try await server.request(in: .running, "Sync")
        server.time.advance(by: .seconds(90))
        try await server.perform(.executableEnded(.success), on: first)
        let parent = try await Self.recurring(server, "FREQ=HOURLY;INTERVAL=12;BYMINUTE=0;BYSECOND=0")
        let single = try await Self.later(server, seconds: 3600)
        let reply = try await server.call(.get, Self.path)
        reply.expect(200)
        #expect(reply.memberNames == ["count", "from", "items", "time", "to", "truncated"])
        #expect(reply.member("from") == (Self.now + .seconds(90)).description)
        #expect(reply.member("to") == (Self.now + .seconds(86_490)).description)
        let items = Array(try #require(reply.json["items"]).elements)
        #expect(items.count == 3)
        let waiting = try #require(items.first)
        #expect(waiting["requestId"]?.scalarText == single && waiting["parentRequestId"] == nil)
        #expect(waiting["startTime"]?.string == (Self.now + .seconds(3600)).description && waiting["endTime"] == nil)
        let instance = items[1]
        #expect(instance["parentRequestId"]?.scalarText == parent && instance["requestId"] != nil)
        #expect(instance["scheduledTime"]?.string == "2030-03-18T05:00:00.000Z")
        #expect(
            instance["endTime"]?.string == "2030-03-18T05:01:30.000Z" && instance["usualP50"]?.scalarText == "90000"
        )
        #expect(instance["local"]?.string == "2030-03-18T05:00:00+00:00")
        #expect(instance["jobDefinitionId"]?.string == "JobDefinition://acme/Sync")
    }

    @Test("from and to bound it, q chooses, of instances by their parent")
    func window() async throws {
        let server = try await TestServer()
        let parent = try await Self.recurring(server, "FREQ=DAILY;BYHOUR=6;BYMINUTE=0;BYSECOND=0")
        _ = try await Self.later(server, seconds: 86_400 * 3)
        let far = "?from=2030-03-20T00:00:00Z&to=2030-03-22T00:00:00%2B00:00"
        let items = try await Self.items(server, far)
        #expect(
            items.map { $0["scheduledTime"]?.string } == [
                "2030-03-20T06:00:00.000Z", "2030-03-20T17:46:40.000Z", "2030-03-21T06:00:00.000Z",
            ]
        )
        #expect(try await Self.items(server, far + "&q=requestId+eq+\(parent)").count == 2)
        #expect(try await Self.items(server, far + "&q=jobDefinitionId+eq+%22acme/Typed%22").count == 1)
        #expect(try await Self.items(server, "?to=2030-03-18T06:00:00Z").isEmpty)
    }

    @Test("A bare id in q is that of a job set where no definition has it")
    func bareIDOfJobSet() async throws {
        let server = try await TestServer()
        let body = #"{"jobDefinitionId":"JobSet://acme/Nightly","startTime":"\#(Self.now + .seconds(3600))"}"#
        try await server.call(.post, "requests", body: body).expect(201)
        #expect(try await Self.items(server, "?q=jobDefinitionId+eq+%22acme/Nightly%22").count == 1)
    }

    @Test("A31: it tells of what the caller may read, and of nothing else")
    func rights() async throws {
        let server = try await TestServer()
        _ = try await Self.recurring(server, "FREQ=HOURLY")
        _ = try await Self.recurring(server, "FREQ=HOURLY", as: "bert")
        #expect(try await Self.items(server).allSatisfy { $0["submitter"]?.string == "anna" })
        #expect(try await Self.items(server).count == 24)
        #expect(try await Self.items(server, as: "olga").count == 48)
        #expect(try await Self.items(server, as: "nina").isEmpty)
        try await server.call(.get, Self.path, as: nil).expectError(401, "ESS-02001")
    }

    @Test("Hold marks, end takes away")
    func held() async throws {
        let server = try await TestServer()
        let parent = try await Self.recurring(server, "FREQ=HOURLY;INTERVAL=12")
        try await server.call(.post, "requests/\(parent)/hold").expect(200)
        let items = try await Self.items(server)
        #expect(items.count == 2 && items.allSatisfy { $0["notes"]?.elements.compactMap(\.string) == ["ON_HOLD"] })
        #expect(items.allSatisfy { $0["startTime"] == nil })
        try await server.call(.post, "requests/\(parent)/release").expect(200)
        try await server.call(.post, "/api/v1/requests/\(parent)/schedule/end").expect(200)
        #expect(try await Self.items(server).isEmpty)
    }

    @Test("More than 10,000 entries are cut where another call can go on")
    func truncated() async throws {
        let server = try await TestServer()
        _ = try await Self.recurring(server, "FREQ=SECONDLY")
        let reply = try await server.call(.get, Self.path)
        #expect(reply.member("truncated") == "true" && reply.member("count") == "10000")
        #expect(reply.member("nextFrom") == (Self.now + .seconds(10_000)).description)
    }

    @Test("What is no window, no filter or no path is refused")
    func refusals() async throws {
        let server = try await TestServer()
        for (query, code) in [
            ("?from=soon", "ESS-00004"), ("?to=2030-13-01T00:00:00Z", "ESS-00004"), ("?from=", "ESS-00004"),
            ("?from=2031-01-01T00:00:00Z&to=2030-01-01T00:00:00Z", "ESS-04005"),
            ("?from=2031-01-01T00:00:00Z&to=2031-01-01T00:00:00Z", "ESS-04005"), ("?to=2020-01-01T00:00Z", "ESS-04005"),
            ("?q=state", "ESS-05010"), ("?q=colour+eq+%22red%22", "ESS-05011"),
        ] {
            try await server.call(.get, Self.path + query).expectError(400, code)
        }
        try await server.call(.post, Self.path, body: "{}").expectError(405, "ESS-05021")
        try await server.call(.get, "\(Self.path)/more").expectError(404, "ESS-05020")
    }

    @Test("A diagnosis of what executes tells how long its runs take")
    func diagnosis() async throws {
        let server = try await TestServer()
        let first = try await server.request(in: .running, "Sync")
        let alone = try await server.call(.get, "/api/v1/requests/\(first)/diagnosis")
        #expect(!alone.text.contains("usualP50"))
        server.time.advance(by: .seconds(90))
        try await server.perform(.executableEnded(.success), on: first)
        let second = try await server.request(in: .running, "Sync")
        let reply = try await server.call(.get, "/api/v1/requests/\(second)/diagnosis")
        let reason = try #require(reply.json["blockers"]?.elements.first { _ in true })
        #expect(reason["code"]?.string == "NONE")
        #expect(reason["usualP50"]?.scalarText == "90000" && reason["usualP95"]?.scalarText == "90000")
        #expect(reply.text.contains("half took up to 90 s"))
    }
}
